{ normalizeName, ... }:
let
  inherit (builtins)
    addErrorContext
    attrNames
    concatMap
    elem
    filter
    foldl'
    fromTOML
    head
    isString
    match
    pathExists
    readFile
    split
    ;
in
/*
  What the pyproject.toml of a source says by itself, without a build backend: the name and the version, null where it
  does not say them ([project], else [tool.poetry], else the name in setup.cfg), and the requirements: `dependencies`, null if a backend makes them,
  and all of them with those of extras and groups in `named`, where a requirement that is none yet is passed over.
  `isStatic` says that it leaves nothing of that to a backend, which may read any other file.

  Type: pyproject ::
    (path | string | null)
    -> { name, version :: string | null, dependencies :: [string] | null, named :: [string], isStatic :: bool }

  Example:
    pyproject ./my-package
    => { name = "my-package"; version = "1.0"; dependencies = [ "click>=8" ]; named = [ "click>=8" "pytest" ]; isStatic = true; }
*/
tree:
let
  file = tree + "/pyproject.toml";
  read =
    if tree != null && pathExists file then
      addErrorContext "while reading ${toString file}" (fromTOML (readFile file))
    else
      { };
  # The name in [metadata] of setup.cfg, which tells the project from others in a lock.
  setupCfg = tree + "/setup.cfg";
  ofSetupCfg =
    if tree == null || !(pathExists setupCfg) then
      null
    else
      (foldl'
        (
          found: line:
          let
            section = match "\\[([^]]*)].*" line;
            name = match "name[[:space:]]*[=:][[:space:]]*([^[:space:]]+)[[:space:]]*" line;
          in
          if section != null then
            found // { section = head section; }
          else if found.section == "metadata" && name != null && found.name == null then
            found // { name = head name; }
          else
            found
        )
        {
          section = "";
          name = null;
        }
        (filter isString (split "\r?\n" (readFile setupCfg)))
      ).name;
  project = read.project or { };
  poetry = read.tool.poetry or { };
  dynamic = project.dynamic or [ ];
  valuesOf = set: concatMap (name: set.${name}) (attrNames set);
in
{
  isStatic = project ? name && dynamic == [ ];
  name = project.name or poetry.name or ofSetupCfg;
  version = if elem "version" dynamic then null else project.version or poetry.version or null;
  dependencies = if !(read ? project) || elem "dependencies" dynamic then null else project.dependencies or [ ];
  named =
    project.dependencies or [ ]
    ++ valuesOf (project.optional-dependencies or { })
    ++ filter isString (valuesOf (read.dependency-groups or { }))
    ++ map normalizeName (filter (name: name != "python") (attrNames (poetry.dependencies or { })));
}
