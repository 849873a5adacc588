{ fail, ... }:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    foldl'
    isString
    listToAttrs
    removeAttrs
    ;

  same = value: value;

  # Arguments that are called otherwise here: the new name, and how the value is made. What is said by the new name wins.
  renamedFor = args: {
    disable_checks = {
      to = "tests";
      by = disabled: !disabled;
    };
    extra_pkgs = {
      to = "packagesExtra";
      by = same;
    };
    overrides_post = {
      to = "overridesPost";
      by = same;
    };
    overrides_pre = {
      to = "overridesPre";
      by = same;
    };
    prefer_nixpkgs = {
      to = "providers";
      by = preferred: {
        _default = if preferred then "nixpkgs,wheel,sdist" else "wheel,sdist,nixpkgs";
      };
    };
    python_attr = {
      to = "python";
      by = same;
    };
    _providerDefaults = {
      to = "providers";
      by = defaults: defaults // (args.providers or { });
    };
    _provider_defaults = {
      to = "providers";
      by = defaults: defaults // (args.providers or { });
    };
  };

  # Arguments that mean nothing here, and why.
  database = "the lock pins what was resolved, and `db` or `index` with `excludeNewer` say against what";
  conda = "conda's packages are none of mach's providers";
  nixpkgs = "nixpkgs is what `pkgs` says";
  gone = {
    cudaVersion = conda;
    condaChannelsExtra = conda;
    condaDataRev = conda;
    condaDataSha256 = conda;
    ignoreDataOutdated = "a database need not be newer than nixpkgs";
    nixpkgs_commit = nixpkgs;
    nixpkgs_tarball_sha256 = nixpkgs;
    pypiData = database;
    pypiDataRev = database;
    pypiDataSha256 = database;
    pypi_deps_db_commit = database;
    pypi_deps_db_sha256 = database;
    _fixes = "mach's own fixes are data, which a lock names";
  };

  # More requirements, which mach-nix took beside the others.
  more = [
    "add_requirements"
    "requirementsExtra"
  ];
in
/*
  The arguments of mach-nix 2 and 3 by their names here, each with a warning; all others as they are.

  Type: legacyArguments :: AttrSet -> AttrSet

  Example:
    legacyArguments { inherit pkgs; requirements = "flask"; disable_checks = true; }
    => { inherit pkgs; requirements = "flask"; tests = false; }
*/
args:
let
  renamed = renamedFor args;
  names = filter (name: renamed ? ${name} || gone ? ${name} || elem name more) (attrNames args);

  warn = args.pkgs.lib.warn or builtins.trace;
  say =
    name: value:
    warn (
      if gone ? ${name} then
        "mach: the argument `${name}` of mach-nix is passed over: ${gone.${name}}"
      else if renamed ? ${name} then
        "mach: the argument `${name}` of mach-nix is called `${renamed.${name}.to}` here"
      else
        "mach: the argument `${name}` of mach-nix is not needed here: write it into `requirements`"
    ) value;

  translated = concatMap (
    name:
    if renamed ? ${name} then
      [
        {
          name = renamed.${name}.to;
          value = renamed.${name}.by args.${name};
        }
      ]
    else
      [ ]
  ) names;

  # These are in what was translated.
  merged = filter (name: name == "providers") (map (item: item.name) translated);

  added = map (name: args.${name}) (filter (name: elem name more) names);
  requirements =
    if added == [ ] then
      { }
    else if isString (args.requirements or "") then
      {
        requirements = concatStringsSep "\n" ([ (args.requirements or "") ] ++ added);
      }
    else
      fail {
        what = "`requirementsExtra` of mach-nix goes with requirements that are text";
        where = "the arguments of mach";
        hint = "write them into `requirements`, and leave out `requirementsExtra`";
      };
in
if (args._fixes or { }) != { } then
  fail {
    what = "`_fixes` of mach-nix are functions; fixes are data here";
    where = "the argument `_fixes`";
    hint = "overridesPost = [ (self: super: { … }) ]; or fixes = [ ./my-overrides ];";
  }
else if names == [ ] then
  args
else
  listToAttrs translated
  // foldl' (rest: name: say name rest) (removeAttrs args (names ++ merged)) names
  // requirements
