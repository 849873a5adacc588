{
  lockAttr,
  pool,
  provide,
  ...
}:
let
  inherit (builtins)
    concatStringsSep
    elem
    filter
    listToAttrs
    mapAttrs
    ;

  cycle =
    name: cut:
    "mach: ${name} and ${cut} depend on each other; the environment has all, ${name} alone lacks ${cut}";
in
/*
  The packages of a lock as an overlay of the Python set: one derivation a project, under nixpkgs' attribute for it
  where there is one, so that nixpkgs' own packages see the same. Where nixpkgs calls a project otherwise, the
  project's name is an alias, unless that name is somebody else's.

  `python` is the interpreter before mach: its set gives the hooks that wheels and sdists are built with.

  Type: packages :: { pkgs, python, lock :: AttrSet, filesUrl } -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    python3.override { packageOverrides = packages { inherit pkgs lock; python = python3; filesUrl = null; }; }
*/
{
  pkgs,
  python,
  lock,
  filesUrl,
}:
let
  base = python.pkgs;

  byName = listToAttrs (
    map (entry: {
      inherit (entry) name;
      value = entry;
    }) lock.packages
  );

  attrs = mapAttrs (
    _name: entry:
    lockAttr {
      set = base;
      inherit entry;
    }
  ) byName;

  builds = pool {
    inherit pkgs base filesUrl;
    entries = lock.tool.mach.build;
  };

  # Dependencies that are not in the lock are those of other platforms and of extras that nobody asked for.
  dependenciesOf =
    self: entry:
    let
      cut = entry.tool.mach.cut or [ ];
      kept = filter (dependency: byName ? ${dependency.name} && !(elem dependency.name cut)) (
        entry.dependencies or [ ]
      );
      packages = map (dependency: self.${attrs.${dependency.name}}) kept;
    in
    if cut == [ ] then
      packages
    else
      pkgs.lib.warn (cycle entry.name (concatStringsSep ", " cut)) packages;

  build =
    self: super: entry:
    provide {
      inherit
        pkgs
        base
        filesUrl
        entry
        ;
      set = super;
      build = builds (entry.tool.mach.build or [ ]);
      dependencies = dependenciesOf self entry;
    };
in
self: super:
listToAttrs (
  map (name: {
    inherit name;
    value = self.${attrs.${name}};
  }) (filter (name: attrs.${name} != name && !(base ? ${name})) (builtins.attrNames attrs))
)
// listToAttrs (
  map (entry: {
    name = attrs.${entry.name};
    value = build self super entry;
  }) lock.packages
)
