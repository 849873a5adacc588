{ fail, ... }:
let
  inherit (builtins)
    attrNames
    filter
    isAttrs
    isInt
    isString
    match
    ;

  pinned = "(https?://[^#]+)#sha256(=[0-9a-f]{64}|-[A-Za-z0-9+/]{43}=)(,size=[0-9]+)?";

  # What to write, for a database at a URL.
  pin = url: {
    where = "the argument `db`";
    hint = ''`mach db stat ${url}` prints, after `for Nix`, the line to write: db = { url = "${url}"; hash = "…"; size = …; };'';
  };
in
/*
  The place of a database on a server, in the spelling of the program's option --db, or null for a database that is a
  path or a derivation. The hash is that of the database's root, so that it pins the data: an update of the file on the
  server changes nothing as long as the old root is still in it. With the size it is found there at once, however old
  it is; without, among the last 16 MB.

  Type: remoteDatabase :: path | derivation | string | { url, hash, size ? int } -> string | null

  Example:
    remoteDatabase { url = "https://index.example/pypi.xz"; hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; }
    => "https://index.example/pypi.xz#sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
*/
database:
let
  isRemote = isAttrs database && database ? url && !(database ? outPath);
  inherit (database) url;
  hash = database.hash or "";
  unknown = filter (name: name != "url" && name != "hash" && name != "size") (attrNames database);
  place =
    if unknown != [ ] then
      fail (pin url // { what = ''"${builtins.head unknown}" is nothing that pins the database ${url}''; })
    else if match "[0-9a-f]{64}" hash != null then
      "${url}#sha256=${hash}"
    else if match "sha256-[A-Za-z0-9+/]{43}=" hash != null then
      "${url}#${hash}"
    else if hash == "" then
      fail (pin url // { what = "the database ${url} has no hash"; })
    else
      fail (pin url // { what = ''"${hash}" is no SHA-256 of the database ${url}''; });
  size =
    if !(database ? size) then
      ""
    else if isInt database.size && database.size > 0 then
      ",size=${toString database.size}"
    else
      fail (pin url // { what = "the size of the database ${url} is no number of bytes"; });
in
if isString database && match "https?://.*" database != null then
  if match pinned database != null then
    database
  else
    fail (pin (builtins.head (match "([^#]*).*" database)) // { what = "the database is a URL that nothing pins"; })
else if isRemote then
  place + size
else
  null
