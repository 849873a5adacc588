{
  fail,
  nameSet,
  requirementNames,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    filter
    head
    length
    ;

  unique = names: attrNames (nameSet names);
in
/*
  What a lock says of a project (project.nix) that is to be built: its name and version, where the source does not say
  them, the ids of its build packages, and the names of the projects that it needs. `relock` is the command that makes a
  lock with it, `where` names the lock.

  Type: lockedProject ::
    { project :: AttrSet, lock :: AttrSet, where, relock :: string }
    -> { pname, version :: string, build :: [string], needs :: [string] }

  Example:
    lockedProject { project = project pkgs { src = ./.; }; lock = readLock …; where = "pylock.toml"; relock = "mach lock ."; }
    => { pname = "hello"; version = "1.0"; build = [ "flit-core==3.12.0" ]; needs = [ "click" ]; }
*/
{
  project,
  lock,
  where,
  relock,
}:
let
  entries = lock.tool.mach.project or [ ];
  named = filter (entry: entry.name or "" == project.name) entries;
  # One without a name is the only one.
  unnamed = if length entries == 1 && (project.name == null || !((head entries) ? name)) then entries else [ ];
  found = named ++ unnamed;
  entry = head found;

  shown = if project.pname == null then "the source" else project.pname;
  unsaid =
    what: line:
    fail {
      what = "nobody says the ${what} of ${shown}: a build backend makes it";
      where = "${toString project.src}, pyproject.toml";
      hint = "${line} beside `src`";
    };
  given = if project.given == null then [ ] else [ project.given.text ];
in
if found == [ ] then
  fail {
    what = "the lock does not say what ${shown} is built with${
      if entries == [ ] then "" else ", only ${concatStringsSep ", " (map (entry: entry.name or "one without a name") entries)}"
    }";
    inherit where;
    hint = if project.name == null && length entries > 1 then ''pname = "…"; beside `src`'' else relock;
  }
else
  {
    pname =
      if project.pname != null then project.pname else entry.name or (unsaid "name" ''pname = "…";'');
    version =
      if project.version != null then project.version else entry.version or (unsaid "version" ''version = "…";'');
    build = entry.build or [ ];
    needs = unique (entry.dependencies or [ ] ++ concatMap requirementNames (given ++ [ project.more ]));
  }
