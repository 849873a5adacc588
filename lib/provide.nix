{
  direct,
  fail,
  nixpkgs,
  sdist,
  wheel,
  ...
}:
/*
  A package of a lock from the provider that the lock names. `set` is the Python set that nixpkgs' packages come from,
  `base` the set before mach, whose hooks build the others; `fix` gives what fixes add to an entry. `testing` says of what
  is built from its source how it is tested (sdist.nix).

  Type: provide ::
    { pkgs, base, set, fetch :: AttrSet -> derivation, fix :: AttrSet -> AttrSet, entry :: AttrSet,
      build :: [derivation], dependencies :: [derivation], testing :: AttrSet ? … } -> derivation

  Example:
    provide { entry = { name = "flask"; tool.mach.provider = "wheel"; … }; … }
    => «derivation …-python3.12-flask-3.1.0.drv»
*/
{
  pkgs,
  base,
  set,
  fetch,
  fix ? (_entry: { }),
  entry,
  build,
  dependencies,
  testing ? {
    isTested = false;
    check = _source: { };
  },
}:
let
  inherit (entry.tool.mach) provider;
  common = {
    inherit
      pkgs
      base
      fetch
      entry
      dependencies
      ;
    fix = fix entry;
  };
in
if provider == "wheel" then
  wheel common
else if provider == "sdist" then
  sdist (common // { inherit build testing; })
else if provider == "direct" || provider == "tag" then
  direct (common // { inherit build testing; })
else if provider == "nixpkgs" then
  nixpkgs { inherit pkgs entry set; }
else
  fail {
    what = ''this mach knows no provider "${provider}"'';
    where = "[[packages]] ${entry.name}";
    hint = "use the release of mach that wrote the lock, or lock again with this one";
  }
