{
  fail,
  fileType,
  near,
  userPath,
  ...
}:
let
  inherit (builtins)
    attrNames
    baseNameOf
    dirOf
    pathExists
    readDir
    storeDir
    substring
    stringLength
    unsafeDiscardStringContext
    ;
in
/*
  The file that an argument is the path of. Stops if there is none: `line` is then what to write, or `make` a command that
  makes the file. A directory in its place stops with the line `directory`, or with null may be there as well.

  Type: presentFile ::
    { argument :: string, path :: path | string | derivation, line :: string, directory ? string | null, make ? string }
    -> path

  Example:
    presentFile { argument = "lock"; path = ./pylock.toml; line = "lock = ./pylock.toml;"; make = "mach lock …"; }
    => ./pylock.toml
*/
{
  argument,
  path,
  line,
  directory ? line,
  make ? null,
}:
let
  where = unsafeDiscardStringContext (toString path);
  name = baseNameOf where;
  parent = dirOf path;
  type = fileType path;
  meant = if pathExists parent then near name (attrNames (readDir parent)) else null;
  # Of what git does not know, a flake has no copy.
  isFlake = substring 0 (stringLength storeDir) where == storeDir;
  add = "git add ${(userPath path).shell}";
  stop =
    what: hint:
    fail {
      inherit what where hint;
    };
in
if type == "directory" && directory != null then
  stop "`${argument}` is a directory, not a file" directory
else if type != null then
  path
else if meant != null then
  stop ''there is no file "${name}": do you mean "${meant}"?'' "${argument} = ${(userPath (parent + "/${meant}")).nix};"
else if isFlake then
  stop "there is no file \"${name}\", or git does not know it" (if make == null then add else "${make} && ${add}")
else
  stop "there is no file \"${name}\"" (if make == null then line else make)
