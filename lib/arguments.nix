{
  fail,
  interpreter,
  helper,
  ...
}:
let
  inherit (builtins)
    all
    filter
    head
    isAttrs
    isFunction
    isList
    isString
    substring
    typeOf
    ;
  defaultHelper = helper;
in
/*
  The arguments that `mkPython` and its kin share, filled in and checked. What they mean:

    pkgs           a nixpkgs, with its system; the entry points that have one fill it in
    requirements   the text of a requirements file, or null
    lock           the path of a committed pylock.toml, or null
    lockHash       the hash of the lock that the requirements give, or null: with it the lock is a fixed output
    extras         the extras whose packages of the lock are wanted too
    groups         the dependency groups of the lock that are wanted, or null: its default groups
    python         an interpreter of nixpkgs, or the name of its attribute
    providers      the order of providers, by project and `_default`: text with commas or a list
    overridesPre   overlays of the Python set that come before mach's
    overridesPost  overlays of the Python set that come after mach's
    database       the database that requirements are resolved with: a path or a store path, or with `lockHash`
                   { url, hash } of one on a server, of which the parts that are needed are read
    filesUrl       the base URL of files for which the lock states a location and no URL, or null
    helper         the package with the program `mach`

  Type: arguments :: AttrSet -> AttrSet
*/
{
  pkgs ? fail {
    what = "no nixpkgs was given";
    where = "the argument `pkgs`";
    hint = "mach.lib.mkPython { pkgs = nixpkgs.legacyPackages.\${system}; … }";
  },
  requirements ? null,
  lock ? null,
  lockHash ? null,
  extras ? [ ],
  groups ? null,
  python ? pkgs.python3,
  providers ? { },
  overridesPre ? [ ],
  overridesPost ? [ ],
  database ? builtins.path {
    path = ./database/pypi.xz;
    name = "pypi.xz";
  },
  filesUrl ? null,
  helper ? defaultHelper { inherit pkgs; },
}:
let
  isOverlays = overlays: isList overlays && all isFunction overlays;

  mistakes = [
    {
      made = requirements == null && lock == null;
      what = "neither requirements nor a lock was given";
      where = "the arguments of mkPython";
      hint = "requirements = builtins.readFile ./requirements.txt;";
    }
    {
      made = lock != null && lockHash != null;
      what = "a lock was given and the hash of one to be made";
      where = "the arguments `lock` and `lockHash`";
      hint = "leave out `lockHash`: a committed lock needs none";
    }
    {
      made = requirements != null && !isString requirements;
      what = "the requirements are a ${typeOf requirements}, not text";
      where = "the argument `requirements`";
      hint = "requirements = builtins.readFile ./requirements.txt;";
    }
    {
      made = isString lock && substring 0 1 lock != "/";
      what = "the lock is text, not the path of a file";
      where = "the argument `lock`";
      hint = "lock = ./pylock.toml;";
    }
    {
      made = !(isList extras && (groups == null || isList groups));
      what = "the extras or the groups are no list of names";
      where = "the arguments `extras` and `groups`";
      hint = ''extras = [ "docs" ]; groups = [ "dev" ];'';
    }
    {
      made = !isAttrs providers;
      what = "the providers are a ${typeOf providers}, not a set by project";
      where = "the argument `providers`";
      hint = ''providers = { _default = "wheel,sdist,nixpkgs"; numpy = "nixpkgs"; };'';
    }
    {
      made = !(isOverlays overridesPre && isOverlays overridesPost);
      what = "the overrides are no list of overlays";
      where = "the arguments `overridesPre` and `overridesPost`";
      hint = "overridesPost = [ (self: super: { … }) ];";
    }
  ];
  found = filter (mistake: mistake.made) mistakes;
in
if found != [ ] then
  fail (removeAttrs (head found) [ "made" ])
else
  {
    inherit
      pkgs
      requirements
      lock
      lockHash
      extras
      groups
      providers
      overridesPre
      overridesPost
      database
      filesUrl
      helper
      ;
    python = interpreter { inherit pkgs python; };
  }
