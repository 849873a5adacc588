{
  argumentTable,
  arguments,
  buildPackages,
  buildProject,
  extendPython,
  fail,
  isSource,
  legacyArguments,
  lockFor,
  lockedProject,
  near,
  normalizeName,
  overlayFor,
  project,
  simpleOverrides,
  tested,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    head
    intersectAttrs
    isList
    isPath
    match
    pathExists
    removeAttrs
    ;
  projectOf = project;

  # Of mkPython's arguments those that are of the environment: nixpkgs' function has one of the name, or there is none.
  ofEnvironment = [
    "ignoreCollisions"
    "packagesExtra"
    "postBuild"
  ];
  shared = removeAttrs argumentTable ofEnvironment;

  # Requirements beside those of the source, which mach-nix 2 called otherwise.
  more =
    args:
    concatStringsSep "\n" (
      filter (text: text != "") [
        (args.requirementsExtra or "")
        (
          if args ? add_requirements then
            args.pkgs.lib.warn "mach: the argument `add_requirements` of mach-nix is called `requirementsExtra` here" args.add_requirements
          else
            ""
        )
      ]
    );

  # A requirement of a lock as it counts for those who asked for the extras and groups: none if it is of another.
  countsFor =
    { extras, groups, ... }:
    line:
    let
      found = match "(.*)(;| and) \"([^\"]+)\" in (extras|dependency_groups)" line;
      asked = map normalizeName (extras ++ (if groups == null then [ ] else groups));
    in
    if found == null then
      [ line ]
    else if elem (elemAt found 2) asked then
      [ (head found) ]
    else
      [ ];

  # Any other name may be a variable of the build, so that a slip of the pen is none for sure.
  slips =
    pkgs: function: attrs:
    foldl' (
      rest: name:
      let
        meant = near name (attrNames shared);
      in
      if meant == null || builtins.stringLength name < 4 then
        rest
      else
        pkgs.lib.warn "mach: `${name}` goes to nixpkgs' ${function}: do you mean `${meant}`?" rest
    ) attrs (filter (name: !(elem name [ "patches" "name" "meta" "outputs" "hooks" ])) (attrNames attrs));
in
/*
  A package from the source of a project by nixpkgs' `function`, with dependencies and build packages by a lock:
  `requirements` or `lock` if they are given, else the lock beside the source, else what the source asks for. It is what
  `buildPythonPackage` and `buildPythonApplication` have in common.

  Type: ownPackage :: string -> AttrSet -> derivation

  Example:
    ownPackage "buildPythonApplication" { inherit pkgs; src = ./.; }
    => «derivation …-hello-1.0.drv»
*/
function: given:
let
  args = legacyArguments (
    removeAttrs (if isSource given then { src = given; } else given) [
      "requirementsExtra"
      "add_requirements"
    ]
  );
  inherit (args) pkgs;

  read = projectOf pkgs (
    {
      requirementsExtra = if isSource given then "" else more given;
    }
    // removeAttrs args (attrNames (removeAttrs shared [ "requirements" "extras" "groups" ]))
  );
  own = read // {
    directory = ".";
    attrs = slips pkgs function read.attrs;
  };

  asked = {
    requirements = null;
    lock = null;
    lockHash = null;
    index = null;
  }
  // args;
  beside = own.tree + "/pylock.toml";
  hasBeside =
    asked.requirements == null
    && asked.lock == null
    && asked.lockHash == null
    && asked.index == null
    && own.tree != null
    && pathExists beside;
  lock = if hasBeside then beside else asked.lock;

  wanted = arguments (
    intersectAttrs shared args
    // {
      inherit lock;
      requirements = if asked.requirements == null && lock == null then "" else asked.requirements;
    }
  );
  plain = wanted.extra;
  made = lockFor (wanted // { extra = plain // { projects = [ own ]; }; });
  locked = lockedProject {
    project = own;
    inherit (made) lock where relock;
  };

  python = extendPython {
    inherit pkgs;
    inherit (wanted) python;
    overlay = overlayFor (
      made
      // {
        arguments = wanted // {
          tests = if isList wanted.tests then filter (said: !(isOwn said)) wanted.tests else wanted.tests;
          _ = removeAttrs wanted._ mine;
        };
      }
    );
  };
  name = if own.name == null then normalizeName locked.pname else own.name;

  # What is said of the package itself, which is not in the set.
  isOwn = said: normalizeName said == name;
  mine = filter isOwn (attrNames wanted._);
  changed =
    package:
    if mine == [ ] then
      package
    else
      (simpleOverrides {
        attrs.${name} = name;
        overrides = removeAttrs wanted._ (filter (said: !(isOwn said)) (attrNames wanted._));
      } python.pkgs { ${name} = package; }).${name};
  dependencies = map (needed: python.pkgs.${made.attrs.${needed}}) (
    filter (needed: made.attrs ? ${needed} && needed != name) locked.needs
  );
in
if !(args ? src) then
  fail {
    what = "there is no source to build";
    where = "the argument `src` of ${function}";
    hint = "src = ./.;";
  }
else if args ? packagesExtra then
  fail {
    what = "a package has no further packages: an environment has";
    where = "the argument `packagesExtra` of ${function}";
    hint = "mkPython { packagesExtra = [ … ]; }, or propagatedBuildInputs = [ … ];";
  }
else
  changed (buildProject {
    inherit pkgs function dependencies;
    base = wanted.python.pkgs;
    set = python.pkgs;
    project = own;
    inherit (locked) pname version;
    needs = locked.build;
    test = tested {
      inherit (wanted) tests;
      entries = made.lock.packages;
      others = [ name ];
    } name;
    build =
      (buildPackages {
        inherit pkgs;
        inherit (wanted) python filesUrl fixes;
        inherit (made) lock;
        directory = if isPath wanted.lock then dirOf wanted.lock else null;
      }).builds
        locked.build;
    passthru = {
      provider = "source";
      requirements = concatStringsSep "\n" (concatMap (countsFor wanted) made.lock.tool.mach.requirements);
      inherit python;
      inherit (wanted) overridesPre overridesPost;
      # Those of the package itself it has already.
      _ = removeAttrs wanted._ mine;
      lock = made.file;
    };
  })
