{
  api,
  argumentTable,
  fail,
  isSource,
  knownArguments,
  legacyArguments,
  legacyFunctions,
  legacyTable,
  mkDockerImage,
  nameSet,
  pythonWith,
  ...
}:
let
  inherit (builtins)
    all
    any
    attrNames
    concatStringsSep
    elem
    filter
    intersectAttrs
    isAttrs
    isList
    isPath
    isString
    mapAttrs
    removeAttrs
    seq
    toJSON
    ;

  # The functions that take a source, or the name of a project.
  short = ofSource ++ ofIndex;
  ofSource = [
    "buildPythonApplication"
    "buildPythonPackage"
  ];
  ofIndex = [
    "fetchPypiSdist"
    "fetchPypiWheel"
  ];

  # What is of one set of requirements, and no default of functions that have others.
  ofRequirements = [
    "extras"
    "groups"
    "lock"
    "lockHash"
    "requirements"
  ];
  ofEnvironment = [
    "ignoreCollisions"
    "packagesExtra"
    "postBuild"
  ];

  # The defaults that a function takes.
  taken =
    defaults: name: args:
    let
      of = names: intersectAttrs (nameSet names) defaults;
    in
    if elem name ofIndex then
      # With its hash a file is nixpkgs' to fetch, for which `python` is a tag of a wheel.
      of ([ "pkgs" ] ++ (if args ? hash || args ? sha256 then [ ] else [ "db" "filesUrl" "helper" "python" ]))
    else if elem name ofSource then
      removeAttrs defaults (ofRequirements ++ ofEnvironment)
    else if name == "environment" then
      of [ "pkgs" "python" ]
    else if name == "helper" then
      of [ "pkgs" ]
    else
      defaults;

  # What was likely meant for requirements, and has no short form.
  isNotShort =
    name: args:
    !(elem name short)
    && (isString args || isPath args || isList args && any (value: isString value && !(isSource value)) args);

  isNothing = args: !(isAttrs args || isList args || isPath args || isString args);

  lineOf =
    name: args:
    if elem name ofSource then
      "src = ./.;"
    else if elem name ofIndex then
      ''pname = "six"; version = "1.17.0";''
    else if isString args then
      "requirements = ${toJSON args};"
    else if isList args && all isString args then
      "requirements = [ ${concatStringsSep " " (map toJSON args)} ];"
    else
      argumentTable.requirements.line;
in
/*
  The functions of mach with defaults for their arguments, `pkgs` at least; and the dot interface. What a function is
  given takes the place of the default. Names of mach-nix's arguments are understood among the defaults too, with a
  warning. As in mach-nix a source stands for { src = …; }, a list for { packagesExtra = …; }, and of a file of the
  index the project and the version may be given one after the other, and of a wheel then its name.

  Type: functionsFor :: AttrSet -> AttrSet

  Example:
    (functionsFor { inherit pkgs; python = "python312"; }).mkPython { requirements = "flask"; }
*/
given:
let
  defaults = knownArguments { where = "the arguments of `import mach`"; } (legacyArguments given);

  # With the arguments: those that have another name by it, so that they take the place of the default too.
  withDefaults =
    name: args:
    removeAttrs (taken defaults name args) (
      map (old: legacyTable.${old}.to) (filter (old: legacyTable ? ${old} && legacyTable.${old} ? to) (attrNames args))
    )
    // args;

  filledIn =
    name: function: args:
    let
      call = args: function (withDefaults name args);
    in
    if isNotShort name args || isNothing args then
      fail {
        what = "${name} takes a set of arguments";
        where = "the argument of ${name}";
        hint = "${name} { ${lineOf name args} }";
      }
    else if isSource args then
      call { src = args; }
    else if isList args then
      call { packagesExtra = args; }
    else if isString args then
      version:
      let
        release = {
          inherit version;
          pname = args;
        };
      in
      if name == "fetchPypiWheel" then file: call (release // { inherit file; }) else call release
    else
      call args;

  chains = removeAttrs defaults ofRequirements;
  functions = mapAttrs filledIn api // {
    nixpkgs = defaults.pkgs;
    pythonWith = pythonWith chains;
    dockerImageWith = pythonWith (chains // { make = mkDockerImage; });
  };
in
# A mistake among the defaults is one of the import, whatever is called.
seq defaults (legacyFunctions functions // functions)
