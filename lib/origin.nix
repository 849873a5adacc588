{ fail, ... }:
let
  inherit (builtins)
    addErrorContext
    baseNameOf
    elem
    fetchGit
    match
    path
    pathExists
    replaceStrings
    substring
    ;

  # What of a directory is none of its project's.
  isLeftOut =
    file:
    let
      name = baseNameOf file;
    in
    elem name [
      ".direnv"
      ".git"
      "result"
    ]
    || match "pylock(\\..*)?\\.toml" name != null;
in
/*
  Where a direct reference of a lock leads, as a source that can be unpacked: a repository at its commit, by Nix's own
  `fetchGit` with the user's credentials; an archive by `fetch` (source.nix); or a directory, whose path begins beside the
  lock, at `directory`.

  Type: origin :: { fetch :: AttrSet -> derivation, directory :: path | null } -> AttrSet -> derivation | string

  Example:
    origin { inherit fetch; directory = ./.; } { name = "hello"; directory.path = "./hello"; … }
    => "/nix/store/…-source"
*/
{ fetch, directory }:
entry:
let
  said = entry.directory.path;
  place = if substring 0 1 said == "/" then /. + said else directory + "/${said}";
  stop =
    what: hint:
    fail {
      inherit what hint;
      where = "[[packages]] ${entry.name}";
    };
in
if entry ? vcs then
  addErrorContext "while fetching ${entry.name}, at the commit that the lock has" (
    "${
      fetchGit {
        inherit (entry.vcs) url;
        rev = entry.vcs.commit-id;
        allRefs = true;
        submodules = true;
      }
    }"
  )
else if entry ? archive then
  fetch {
    inherit entry;
    file = entry.archive // {
      name = replaceStrings [ "?" "&" "=" "#" "%" ] [ "-" "-" "-" "-" "-" ] (
        baseNameOf (entry.archive.url or entry.archive.path)
      );
    };
  }
else if substring 0 1 said != "/" && directory == null then
  stop "${said} lies beside the lock, which was not given as a path" "lock = ./pylock.toml;"
else if !(pathExists place) then
  stop "the directory ${said} beside the lock is gone, or it is in a flake and git does not know it" "git add ${said}"
else
  path {
    path = place;
    name = "source";
    filter = file: _type: !(isLeftOut file);
  }
