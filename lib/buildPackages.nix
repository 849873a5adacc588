{
  fixes,
  pool,
  source,
  ...
}:
let
  fixesOf = fixes;
in
/*
  How the files of a lock are fetched, what fixes add to its packages, and its build packages by their ids: what
  everything that is built by a lock shares.

  Type: buildPackages ::
    { pkgs, python, lock :: AttrSet, filesUrl, directory :: path | null, fixes :: [path] ? [ ] }
    -> { fetch :: AttrSet -> derivation, fix :: AttrSet -> AttrSet, builds :: [string] -> [derivation] }

  Example:
    (buildPackages { inherit pkgs python lock; filesUrl = null; directory = ./.; }).builds [ "flit-core==3.12.0" ]
    => [ «derivation …» ]
*/
{
  pkgs,
  python,
  lock,
  filesUrl,
  directory,
  fixes ? [ ],
}:
rec {
  fetch = source { inherit pkgs filesUrl directory; };
  fix = fixesOf {
    inherit pkgs python;
    directories = fixes;
  };
  builds = pool {
    inherit pkgs fetch fix;
    base = python.pkgs;
    entries = lock.tool.mach.build;
  };
}
