{ fileType, ... }:
let
  inherit (builtins)
    any
    baseNameOf
    dirOf
    elem
    isPath
    match
    readFile
    replaceStrings
    storeDir
    stringLength
    substring
    unsafeDiscardStringContext
    ;

  plain = path: unsafeDiscardStringContext (toString path);

  has = text: part: replaceStrings [ part ] [ "" ] text != text;

  # The name without the hash that a file has which lies in the store by itself.
  nameOf =
    path:
    let
      name = baseNameOf (plain path);
    in
    if dirOf (plain path) == storeDir then substring 33 (-1) name else name;

  # A pylock.toml that is not mach's.
  isForeign =
    text:
    has text "lock-version"
    && has text "\ncreated-by"
    && !(has text "[tool.mach]")
    && !(has text "created-by = \"mach\"");

  # Whether a lock has directories beside it, of which is to be known what they are built with.
  hasTrees =
    text:
    any (has (replaceStrings [ "editable = \".\"" "virtual = \".\"" ] [ "" "" ] text)) [
      "editable = \""
      "directory = \""
      "virtual = \""
      "type = \"directory\""
      "path = \""
      "\"path\": \""
      "directory = {"
    ];

  # What says how a project is built.
  described = [
    "PKG-INFO"
    "pyproject.toml"
    "setup.cfg"
    "setup.py"
  ];
  leftOut = [
    ".direnv"
    ".git"
    ".venv"
    "node_modules"
    "result"
  ];
in
/*
  The lock of another tool that the argument `lock` is the path of: its `name`, and a directory `root` that has it and
  what it takes to read it, or with `isAlone` the file itself, and whether it `isStandard`, a pylock.toml; or null, if
  it is none. What a file is tells its name, and of a pylock.toml what it says.

  Type: otherLock :: path | string | derivation | null -> null | { name, root :: string, isAlone, isStandard :: bool }

  Example:
    otherLock ./uv.lock
    => { name = "uv.lock"; root = "/nix/store/…-lock"; isAlone = false; isStandard = false; }
*/
path:
let
  name = nameOf path;
  text = readFile path;
  isNamed = match "(uv|poetry|pdm|Pipfile)\\.lock" name != null;
  isAlone = dirOf (plain path) == storeDir;
  directory = dirOf path;
  top = toString directory;
  below = file: substring (stringLength top + 1) (-1) file;
  trees = hasTrees text;
  # No more than is read, so that an edit beside it changes nothing.
  isRead =
    file: type:
    if type == "directory" then
      trees && !(elem (baseNameOf file) leftOut)
    else
      below file == name || elem (below file) described || trees && elem (baseNameOf file) described;
in
if path == null || fileType path != "regular" || !(isNamed || match ".*\\.toml" name != null && isForeign text) then
  null
else
  {
    inherit name;
    root =
      if isAlone then
        "${path}"
      else if isPath path then
        builtins.path {
          path = directory;
          name = "lock";
          filter = isRead;
        }
      else
        directory;
    inherit isAlone;
    isStandard = !isNamed;
  }
