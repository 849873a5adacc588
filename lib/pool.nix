{ fail, provide, ... }:
let
  inherit (builtins) listToAttrs;
in
/*
  The build packages of a lock, chosen by their ids. They stand outside the Python set, since each sdist has its own,
  and those of two sdists may be of different versions.

  Type: pool ::
    { pkgs, base, fetch :: AttrSet -> derivation, fix :: AttrSet -> AttrSet, entries :: [AttrSet] }
    -> [string] -> [derivation]

  Example:
    pool { inherit pkgs base fetch; entries = lock.tool.mach.build; } [ "flit-core==3.12.0" ]
    => [ «derivation …» ]
*/
{
  pkgs,
  base,
  fetch,
  fix ? (_entry: { }),
  entries,
}:
let
  chosen = map (
    id:
    byId.${id} or (fail {
      what = ''the lock has no build package "${id}"'';
      where = "[[tool.mach.build]]";
      hint = "mach lock -r requirements.txt -o pylock.toml";
    })
  );
  build =
    flat:
    let
      # What a package of the lock has below `tool.mach` stands beside the rest here.
      entry = flat // {
        tool.mach = flat;
      };
    in
    provide {
      inherit
        pkgs
        base
        fetch
        fix
        entry
        ;
      set = base;
      build = chosen (entry.build or [ ]);
      dependencies = chosen (entry.dependencies or [ ]);
    };
  byId = listToAttrs (
    map (entry: {
      name = entry.id;
      value = build entry;
    }) entries
  );
in
chosen
