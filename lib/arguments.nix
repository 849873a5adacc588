{
  fail,
  interpreter,
  helper,
  ...
}:
let
  defaultHelper = helper;
in
/*
  The arguments that `mkPython` and its kin share, filled in and checked. What they mean:

    pkgs           a nixpkgs, with its system; the entry points that have one fill it in
    requirements   the text of a requirements file, or null
    lock           the path of a committed pylock.toml, or null
    lockHash       the hash of the lock that the requirements give, or null: with it the lock is a fixed output
    python         an interpreter of nixpkgs, or the name of its attribute
    providers      the order of providers, by project and `_default`: text with commas or a list
    overridesPre   overlays of the Python set that come before mach's
    overridesPost  overlays of the Python set that come after mach's
    database       the database that requirements are resolved with: a path or a store path
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
if requirements == null && lock == null then
  fail {
    what = "neither requirements nor a lock was given";
    where = "the arguments of mkPython";
    hint = "requirements = builtins.readFile ./requirements.txt;";
  }
else if lock != null && lockHash != null then
  fail {
    what = "a lock was given and the hash of one to be made";
    where = "the arguments `lock` and `lockHash`";
    hint = "leave out `lockHash`: a committed lock needs none";
  }
else
  {
    inherit
      pkgs
      requirements
      lock
      lockHash
      providers
      overridesPre
      overridesPost
      database
      filesUrl
      helper
      ;
    python = interpreter { inherit pkgs python; };
  }
