_:
let
  inherit (builtins) listToAttrs;
in
/*
  Names as a set, in which each stands once and is found at once.

  Type: nameSet :: [string] -> { NAME :: null }

  Example:
    nameSet [ "b" "a" "b" ]
    => { a = null; b = null; }
*/
names:
listToAttrs (
  map (name: {
    inherit name;
    value = null;
  }) names
)
