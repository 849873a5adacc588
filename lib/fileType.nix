{ ... }:
let
  inherit (builtins)
    baseNameOf
    dirOf
    isAttrs
    pathExists
    readDir
    storeDir
    unsafeDiscardStringContext
    ;
in
/*
  What lies at a path, as readDir says it, or null if nothing does. What lies in the store by itself is taken for a file:
  its directory may not be read.

  Type: fileType :: path | string | derivation -> "regular" | "directory" | "symlink" | "unknown" | null

  Example:
    fileType ./pylock.toml
    => "regular"
*/
path:
let
  parent = dirOf path;
in
if isAttrs path || unsafeDiscardStringContext (toString parent) == storeDir then
  "regular"
else if pathExists parent then
  (readDir parent).${baseNameOf (unsafeDiscardStringContext (toString path))} or null
else
  null
