{ fail, ... }:
let
  inherit (builtins) isAttrs isString match;
in
/*
  The place of a database on a server, in the spelling of the program's option --db, or null for a database that is a
  path or a derivation. The hash is that of the database's root, so that it pins the data: an update of the file on the
  server changes nothing as long as the old root is still in it, and with the size it is found there.

  Type: remoteDatabase :: path | derivation | { url, hash, size ? int } -> string | null

  Example:
    remoteDatabase { url = "https://index.example/pypi.xz"; hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; }
    => "https://index.example/pypi.xz#sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
*/
database:
let
  isRemote = isAttrs database && database ? url && !(database ? outPath);
  hash = database.hash or "";
  spelled =
    if match "[0-9a-f]{64}" hash != null then
      "sha256=${hash}"
    else if match "sha256-[A-Za-z0-9+/]{43}=" hash != null then
      hash
    else
      fail {
        what =
          if hash == "" then
            "the database ${database.url} has no hash"
          else
            ''"${hash}" is no SHA-256 of the database ${database.url}'';
        where = "the argument `db`";
        hint = ''db = { url = "${database.url}"; hash = "…"; size = …; }; with the hash and the size that `mach db stat ${database.url}` says after `pinned`'';
      };
  size = if database ? size then ",size=${toString database.size}" else "";
in
if isString database && match "https?://.*" database != null then
  fail {
    what = "the database is a URL as text, without a hash";
    where = "the argument `db`";
    hint = ''db = { url = "${database}"; hash = ""; };'';
  }
else if isRemote then
  "${database.url}#${spelled}${size}"
else
  null
