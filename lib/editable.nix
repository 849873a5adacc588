{ fail, ... }:
let
  inherit (builtins)
    baseNameOf
    concatStringsSep
    filter
    head
    isPath
    pathExists
    stringLength
    substring
    ;

  # A path as it is seen from a directory above it, or null.
  below =
    directory: path:
    let
      top = toString directory;
      whole = toString path;
      n = stringLength top;
    in
    if whole == top then
      "."
    else if substring 0 (n + 1) whole == "${top}/" then
      substring (n + 1) (stringLength whole) whole
    else
      null;

  # The file that tells where a source tree lies when the shell is entered: a flake has only a copy of it.
  markerOf =
    path:
    let
      found = filter (name: pathExists (path + "/${name}")) [
        "pyproject.toml"
        "setup.py"
        "setup.cfg"
      ];
    in
    if found == [ ] then "pyproject.toml" else head found;

  place =
    lock: path:
    let
      relative = below (dirOf lock) path;
    in
    if !(isPath lock) then
      {
        marker = markerOf path;
        directory = ".";
      }
    else if relative != null then
      {
        marker = baseNameOf lock;
        directory = relative;
      }
    else
      fail {
        what = "${toString path} is not below the lock, so that nobody knows where it lies when the shell is entered";
        where = "the argument `editable`";
        hint = "lock = ${toString path}/pylock.toml;";
      };
in
/*
  Shell text by which the code of source trees is found before what was built of them, so that an edit counts at once:
  of the paths in `sources`, and of the directories that the lock calls editable (`-e ./DIRECTORY`). What a build makes,
  scripts and metadata, stays as it was built. Where the trees lie is looked for upwards from where the shell is entered.

  Type: editable :: { lock :: path | null, sources :: [path], directories :: [AttrSet] } -> string

  Example:
    editable { lock = ./pylock.toml; sources = [ ./. ]; directories = [ ]; }
    => "machEditable 'pylock.toml' '.'…"
*/
{
  lock,
  sources,
  directories,
}:
let
  all =
    map (place lock) sources
    ++ map (one: {
      marker = baseNameOf lock;
      directory = if one ? subdirectory then "${one.path}/${one.subdirectory}" else one.path;
    }) directories;
in
if all == [ ] then
  ""
else
  ''
    machEditable() {
      local top=$PWD code
      until [ -e "$top/$1" ] || [ "$top" = / ]; do
        top=$(dirname "$top")
      done
      if [ "$top" = / ]; then
        echo "mach: there is no $1 in $PWD or above it: the code of $2 is as it was built" >&2
        return
      fi
      code=$top/$2
      [ ! -d "$code/src" ] || code=$code/src
      export PYTHONPATH=$(realpath "$code")''${PYTHONPATH:+:$PYTHONPATH}
    }
    ${concatStringsSep "\n" (map (one: "machEditable '${one.marker}' '${one.directory}'") all)}
    unset -f machEditable
  ''
