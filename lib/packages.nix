{
  buildPackages,
  fail,
  provide,
  tested,
  testPhase,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elem
    filter
    groupBy
    head
    length
    listToAttrs
    mapAttrs
    seq
    ;

  cycle =
    name: cut:
    "mach: ${name} and ${cut} depend on each other; the environment has all, ${name} alone lacks ${cut}";
in
/*
  The packages of a lock as an overlay of the Python set: one derivation a project, under nixpkgs' attribute for it
  where there is one, so that nixpkgs' own packages see the same. Where nixpkgs calls a project otherwise, the
  project's name is an alias, unless that name is somebody else's.

  `python` is the interpreter before mach: its set gives the hooks that wheels and sdists are built with. `attrs` are
  the attributes of the lock's packages by project, `fixes` the directories of the caller's own. `test` says of a project
  whether its tests are run (tested.nix).

  Type: packages ::
    { pkgs, python, lock :: AttrSet, attrs :: AttrSet, filesUrl, directory :: path | null,
      fixes :: [path] ? [ ], test :: string -> AttrSet ? … }
    -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    packages { inherit pkgs lock; attrs = lockAttrs { … }; python = python3; filesUrl = null; directory = ./.; }
    => self: super: { flask = «derivation …»; … }
*/
{
  pkgs,
  python,
  lock,
  attrs,
  filesUrl,
  directory,
  fixes ? [ ],
  test ? tested {
    tests = false;
    entries = [ ];
  },
}:
let
  base = python.pkgs;
  inherit
    (buildPackages {
      inherit
        pkgs
        python
        lock
        filesUrl
        directory
        fixes
        ;
    })
    builds
    fetch
    fix
    ;

  # Of two packages under one attribute only one would be there.
  only =
    attr: entries:
    if length entries == 1 then
      head entries
    else
      fail {
        what = "${concatStringsSep " and " (map (entry: entry.name) entries)} are one package in nixpkgs";
        where = "[[packages]], nixpkgs' attribute ${attr}";
        hint = "ask for one of them only, and lock again";
      };

  # Dependencies that are not there are those of other systems, and of extras and groups that nobody asked for.
  dependenciesOf =
    self: entry:
    let
      cut = filter (name: attrs ? ${name}) (entry.tool.mach.cut or [ ]);
      kept = filter (dependency: attrs ? ${dependency.name} && !(elem dependency.name cut)) (
        entry.dependencies or [ ]
      );
      packages = map (dependency: self.${attrs.${dependency.name}}) kept;
    in
    if cut == [ ] then
      packages
    else
      pkgs.lib.warn (cycle entry.name (concatStringsSep ", " cut)) packages;

  build =
    testing: self: super: entry:
    provide {
      inherit
        pkgs
        base
        fetch
        fix
        entry
        ;
      set = super;
      build = builds (entry.tool.mach.build or [ ]);
      dependencies = dependenciesOf self entry;
      testing = testing entry.name;
    };
in
self: super:
let
  phase = testPhase {
    inherit pkgs;
    set = self;
  };
  testing =
    name:
    let
      inherit (test name) isTested mustHave;
    in
    {
      inherit isTested;
      check = phase { inherit name mustHave; };
    };
in
# Mistakes in `tests` are of no package alone.
seq test listToAttrs (
  map (name: {
    inherit name;
    value = self.${attrs.${name}};
  }) (filter (name: attrs.${name} != name && !(base ? ${name})) (attrNames attrs))
)
// mapAttrs (attr: entries: build testing self super (only attr entries)) (
  groupBy (entry: attrs.${entry.name}) lock.packages
)
