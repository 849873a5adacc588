{ ... }:
let
  # Where nixpkgs' name for a project is not the project's own.
  names = (builtins.fromTOML (builtins.readFile ../overrides/names.toml)).attributes;

  # Lower-case names in a Python set of nixpkgs that are no packages but the set's own machinery: a project that is
  # called so (all of these are in the index) must not replace it.
  machinery = [
    "bootstrap"
    "disabled"
    "lib"
    "override"
    "packages"
    "pkgs"
    "python"
    "stdenv"
  ];
in
/*
  The attribute of a project in a Python package set: what `overrides/names.toml` says if the set has that, else the
  project's own name.

  Type: attrName :: { set :: AttrSet, name :: string } -> string

  Example:
    attrName { set = python3.pkgs; name = "opencv-python"; }
    => "opencv4"
*/
{ set, name }:
if builtins.elem name machinery then
  "${name}-project"
else if names ? ${name} && set ? ${names.${name}} then
  names.${name}
else
  name
