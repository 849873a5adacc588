{ fail, normalizeName, ... }:
let
  inherit (builtins)
    any
    concatStringsSep
    elem
    filter
    head
    seq
    ;

  # What an entry says of when it counts stands below `tool.mach`, or beside the rest in a build package.
  isFor = system: said: !(said ? systems) || elem system said.systems;
  isWanted =
    extras: groups: said:
    !(said ? extras || said ? groups)
    || any (extra: elem extra extras) (said.extras or [ ])
    || any (group: elem group groups) (said.groups or [ ]);
in
/*
  What of a lock counts: the packages and build packages of a system, and of the extras and groups that are asked for.
  Without `groups` they are the lock's default groups. `relock` gives the command for a lock with other extras and
  groups.

  Type: select ::
    { lock :: AttrSet, where :: string, system :: string, extras :: [string], groups :: [string] | null,
      relock :: AttrSet -> string } -> AttrSet

  Example:
    select { lock = readLock …; system = "x86_64-linux"; extras = [ "docs" ]; groups = null; … }
    => { packages = [ … ]; … }
*/
{
  lock,
  where,
  system,
  extras,
  groups,
  relock,
}:
let
  # Those asked for, in normal form; one that the lock does not have stops here.
  check =
    kind: had: more: wanted:
    let
      names = map normalizeName wanted;
      unknown = filter (name: !(elem name had)) names;
    in
    if unknown == [ ] then
      names
    else
      fail {
        what = ''the lock has no ${kind} "${head unknown}", ${
          if had == [ ] then "and no other" else "only ${concatStringsSep ", " had}"
        }'';
        inherit where;
        hint = relock (there // { ${more} = there.${more} ++ unknown; });
      };

  there = {
    extras = lock.extras or [ ];
    groups = lock.dependency-groups or [ ];
  };
  defaults = lock.default-groups or [ ];
  # A default group may be of no other use than to be one (PEP 751), and is then not among the lock's groups.
  allGroups = there.groups ++ filter (group: !(elem group there.groups)) defaults;
  askedExtras = check "extra" there.extras "extras" extras;
  askedGroups = if groups == null then defaults else check "group" allGroups "groups" groups;

  # What is asked for is checked also where no package is of any extra or group.
  keep = seq askedExtras (seq askedGroups filter);

  inherit (lock.tool) mach;
in
lock
// {
  packages = keep (
    entry: isFor system entry.tool.mach && isWanted askedExtras askedGroups entry.tool.mach
  ) lock.packages;
  tool = lock.tool // {
    mach = mach // {
      build = filter (isFor system) mach.build;
      project = filter (isFor system) (mach.project or [ ]);
    };
  };
}
