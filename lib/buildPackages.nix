{
  fixes,
  origin,
  pool,
  source,
  ...
}:
let
  fixesOf = fixes;
in
/*
  How the files of a lock are fetched, and without `file` what a direct reference leads to; what fixes add to its packages, and its build packages by their ids: what
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
let
  file = source { inherit pkgs filesUrl directory; };
in
rec {
  fetch =
    args: if args ? file then file args else origin { fetch = file; inherit directory; } args.entry;
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
