{
  api,
  argumentTable,
  fail,
  isSource,
  mkDockerImage,
  pythonWith,
  ...
}:
let
  inherit (builtins)
    all
    any
    concatStringsSep
    elem
    isList
    isPath
    isString
    mapAttrs
    toJSON
    ;

  # The functions that take a source, or the name of a project.
  short = [
    "buildPythonApplication"
    "buildPythonPackage"
    "fetchPypiSdist"
    "fetchPypiWheel"
  ];

  # What was likely meant for requirements, and has no short form.
  isNotShort =
    name: args:
    !(elem name short)
    && (isString args || isPath args || isList args && any (value: isString value && !(isSource value)) args);

  lineOf =
    args:
    if isString args then
      "requirements = ${toJSON args};"
    else if isList args && all isString args then
      "requirements = [ ${concatStringsSep " " (map toJSON args)} ];"
    else
      argumentTable.requirements.line;
in
/*
  The functions of mach for one nixpkgs, which they take for `pkgs` unless they are given another; and the dot
  interface on it. As in mach-nix a source stands for { src = …; }, a list for { packagesExtra = …; }, and of a file of
  the index the project and the version may be given one after the other.

  Type: forPkgs :: AttrSet -> AttrSet

  Example:
    (forPkgs nixpkgs.legacyPackages.x86_64-linux).mkPython { lock = ./pylock.toml; }
*/
pkgs:
let
  filledIn =
    name: function: args:
    if isNotShort name args then
      fail {
        what = "${name} takes a set of arguments";
        where = "the argument of ${name}";
        hint = "${name} { ${lineOf args} }";
      }
    else if isSource args then
      function {
        inherit pkgs;
        src = args;
      }
    else if isList args then
      function {
        inherit pkgs;
        packagesExtra = args;
      }
    else if isString args then
      version:
      function {
        inherit pkgs version;
        pname = args;
      }
    else
      function ({ inherit pkgs; } // args);
in
mapAttrs filledIn api
// {
  pythonWith = pythonWith { inherit pkgs; };
  dockerImageWith = pythonWith {
    inherit pkgs;
    make = mkDockerImage;
  };
}
