{ ... }:
let
  inherit (builtins)
    isAttrs
    isPath
    isString
    match
    ;
in
/*
  Whether a value is the source of a project by itself, and no set of arguments: a path, also as text, the URL of an
  archive, or what evaluates to a path of the store.

  Type: isSource :: a -> bool

  Example:
    isSource ./my-package
    => true
*/
value:
isPath value
|| isString value && match "(/|https?://|file://).*" value != null
|| isAttrs value && value ? outPath
