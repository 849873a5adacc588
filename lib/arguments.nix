{
  argumentTable,
  fail,
  helper,
  interpreter,
  knownArguments,
  legacyArguments,
  otherLock,
  packagesExtra,
  requirementsOf,
  ...
}:
let
  inherit (builtins)
    concatMap
    filter
    head
    isString
    removeAttrs
    ;
  defaultHelper = helper;
  sortedExtra = packagesExtra;

  # What is left out. `pkgs` has no default: the entry points that have one fill it in.
  defaults = {
    requirements = null;
    lock = null;
    lockHash = null;
    extras = [ ];
    groups = null;
    providers = { };
    overridesPre = [ ];
    overridesPost = [ ];
    fixes = [ ];
    packagesExtra = [ ];
    tests = false;
    ignoreCollisions = false;
    postBuild = "";
    db = builtins.path {
      path = ./database/pypi.xz;
      name = "pypi.xz";
    };
    index = null;
    excludeNewer = null;
    filesUrl = null;
    _ = { };
  };

  # What is wrong with arguments together; each alone is right.
  mistakes = given: [
    {
      made = given.requirements == null && given.lock == null && given.packagesExtra == [ ];
      what = "neither requirements nor a lock was given";
      where = "the arguments of mach";
      hint = argumentTable.requirements.line;
    }
    {
      made = given.lock != null && given.lockHash != null && otherLock given.lock == null;
      what = "a lock was given and the hash of one to be made";
      where = "the arguments `lock` and `lockHash`";
      hint = "leave out `lockHash`: a committed lock needs none";
    }
    {
      made = given.index != null && given.lockHash == null;
      what = "a live index can be asked for a lock whose hash is known, and for no other";
      where = "the arguments `index` and `lockHash`";
      hint = argumentTable.lockHash.line;
    }
    {
      made = given.index != null && given.excludeNewer == null;
      what = "a live index gives another lock each day";
      where = "the arguments `index` and `excludeNewer`";
      hint = ''${argumentTable.excludeNewer.line} # a day that is over: nothing newer is taken'';
    }
  ];

  check =
    args:
    let
      given = defaults // knownArguments { where = "the arguments of mach"; } args;
      made = filter (mistake: mistake.made) (mistakes given);
    in
    if !(given ? pkgs) then
      fail {
        what = "no nixpkgs was given";
        where = "the argument `pkgs`";
        hint = argumentTable.pkgs.line;
      }
    else if made != [ ] then
      fail (removeAttrs (head made) [ "made" ])
    else
      given;
in
/*
  The arguments that `mkPython` and its kin share, checked and filled in (docs/api.md says what they mean). Those of
  mach-nix are taken for what they are called here, with a warning. Of what is not given as it is used:

    requirements   as text, whatever they were given as, or null
    extras         as a list
    sources        where they stand if they are files: { root, name }, or null
    python         an interpreter
    extra          what is in `packagesExtra`, sorted out (packagesExtra.nix)
    overridesPre   with those of the packages that mach has built, after the environment's own
    overridesPost  with those of these packages, before the environment's own

  Type: arguments :: AttrSet -> AttrSet

  Example:
    (arguments { inherit pkgs; requirements = [ "flask" "numpy" ]; }).requirements
    => "flask\nnumpy"
*/
args:
let
  given = check (legacyArguments args);
  requirements = requirementsOf (
    if given.requirements == null && given.lock == null then "" else given.requirements
  );
  python = interpreter {
    inherit (given) pkgs;
    python = given.python or given.pkgs.python3;
  };
  extra = sortedExtra {
    inherit (given) pkgs;
    inherit python;
  } given.packagesExtra;
  brought = name: concatMap (package: package.${name}) extra.built;
in
{
  helper = defaultHelper { inherit (given) pkgs; };
}
// given
// {
  inherit python extra;
  overridesPre = given.overridesPre ++ brought "overridesPre";
  overridesPost = brought "overridesPost" ++ given.overridesPost;
  extras = if isString given.extras then [ given.extras ] else given.extras;
  requirements = if requirements == null then null else requirements.text;
  sources = if requirements == null || requirements.root == null then null else requirements;
}
