_:
let
  inherit (builtins) attrNames isAttrs;
in
/*
  What a value in the argument `_` does with an attribute: it stands in the old one's place, or is `add` or `mod` of it.

  Type: attributeOperation :: a -> "add" | "mod" | "replace"

  Example:
    attributeOperation { add = [ pkgs.zlib ]; }
    => "add"
*/
value:
if isAttrs value && attrNames value == [ "add" ] then
  "add"
else if isAttrs value && attrNames value == [ "mod" ] then
  "mod"
else
  "replace"
