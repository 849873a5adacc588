{
  attrName,
  buildPackages,
  buildProject,
  fail,
  lockedProject,
  projectName,
  requirementNames,
  tested,
  ...
}:
let
  inherit (builtins)
    concatMap
    concatStringsSep
    elem
    filter
    isPath
    listToAttrs
    ;
in
/*
  The packages of `packagesExtra` that are Python modules, in the set of a lock: `attrs` are their attributes by project,
  `overlay` has them, with their dependencies from that set.

  Type: extraPackages ::
    { arguments :: AttrSet, lock :: AttrSet, attrs :: AttrSet, where, relock :: string }
    -> { attrs :: AttrSet, overlay :: AttrSet -> AttrSet -> AttrSet }

  Example:
    (extraPackages { arguments = arguments { packagesExtra = [ ./my-package ]; … }; inherit lock attrs; … }).attrs
    => { my-package = "my-package"; }
*/
{
  arguments,
  lock,
  attrs,
  where,
  relock,
}:
let
  inherit (arguments) pkgs python extra;
  base = python.pkgs;
  shared = buildPackages {
    inherit pkgs python lock;
    inherit (arguments) filesUrl fixes;
    directory = if isPath arguments.lock then dirOf arguments.lock else null;
  };

  test = tested {
    inherit (arguments) tests;
    entries = lock.packages;
    others = map (one: one.name) all;
  };

  sources = map (
    project:
    let
      locked = lockedProject {
        inherit
          project
          lock
          where
          relock
          ;
      };
    in
    {
      name = if project.name == null then locked.pname else project.name;
      inherit (locked) needs;
      build =
        self: dependencies:
        buildProject {
          inherit
            pkgs
            base
            project
            dependencies
            ;
          set = self;
          test = test (if project.name == null then locked.pname else project.name);
          inherit (locked) pname version;
          build = shared.builds locked.build;
          passthru.provider = "source";
        };
    }
  ) extra.projects;

  # Of a package that was built before the wheel stays, and what it needs comes from here.
  built = map (
    one:
    let
      package = one;
      inherit (one) mach requirements;
    in
    {
      name = projectName package;
      needs = checked package (requirementNames requirements);
      build =
        _self: dependencies:
        package.overridePythonAttrs (_old: {
          propagatedBuildInputs = dependencies ++ mach.added;
        });
    }
  ) extra.built;

  checked =
    package: needs:
    let
      missing = filter (name: !(elem name had)) needs;
      had = map (entry: entry.name) lock.packages ++ concatMap requirementNames lock.tool.mach.requirements;
    in
    if missing == [ ] then
      needs
    else
      fail {
        what = "the lock is without ${concatStringsSep ", " missing}, which ${package.pname} of packagesExtra needs";
        inherit where;
        hint = "${relock} ${concatStringsSep " " missing}";
      };

  all = sources ++ built;
  attrOf =
    name:
    attrName {
      set = base;
      inherit name;
    };
  own = listToAttrs (
    map (one: {
      inherit (one) name;
      value = attrOf one.name;
    }) all
  );
  known = attrs // own;
in
{
  attrs = own;
  overlay =
    self: _super:
    listToAttrs (
      map (one: {
        name = own.${one.name};
        value = one.build self (
          map (name: self.${known.${name}}) (filter (name: known ? ${name} && name != one.name) one.needs)
        );
      }) all
    );
}
