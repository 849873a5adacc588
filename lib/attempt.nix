{ ... }:
/*
  A value as far as `seq` evaluates it, or `fallback` if that throws. It is for what nixpkgs may refuse: a package that
  is not for this Python, an input that is broken.

  Type: attempt :: a -> a -> a

  Example:
    attempt [ ] (throw "foo not supported for interpreter python3.12")
    => [ ]
*/
fallback: value:
let
  tried = builtins.tryEval value;
in
if tried.success then tried.value else fallback
