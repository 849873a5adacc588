{
  nixpkgs,
  sdist,
  wheel,
  ...
}:
let
  inherit (builtins) listToAttrs;
in
/*
  The build packages of a lock, by id. They stand outside the Python set, since each sdist has its own, and those of two
  sdists may be of different versions.

  Type: pool :: { pkgs, base, filesUrl, entries :: [AttrSet] } -> AttrSet

  Example:
    pool { inherit pkgs base filesUrl; entries = lock.tool.mach.build; }
    => { "flit-core==3.12.0" = «derivation …»; }
*/
{
  pkgs,
  base,
  filesUrl,
  entries,
}:
let
  chosen = map (id: byId.${id});
  build =
    flat:
    let
      # What a package of the lock has below `tool.mach` stands beside the rest here.
      entry = flat // {
        tool.mach = flat;
      };
      common = {
        inherit
          pkgs
          base
          filesUrl
          entry
          ;
        dependencies = chosen (entry.dependencies or [ ]);
      };
    in
    if entry.provider == "nixpkgs" then
      nixpkgs {
        inherit pkgs entry;
        set = base;
      }
    else if entry.provider == "sdist" then
      sdist (common // { build = chosen (entry.build or [ ]); })
    else
      wheel common;
  byId = listToAttrs (
    map (entry: {
      name = entry.id;
      value = build entry;
    }) entries
  );
in
byId
