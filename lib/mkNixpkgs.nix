{
  arguments,
  legacyArguments,
  mkOverlay,
  ...
}:
/*
  The nixpkgs that was given, with the overlay of `mkOverlay`, whose arguments it takes: all that is built with that
  interpreter is built with the packages.

  Type: mkNixpkgs :: AttrSet -> AttrSet

  Example:
    (mkNixpkgs { inherit pkgs; lock = ./pylock.toml; }).python3Packages.flask
*/
args:
let
  shared = legacyArguments args;
  given = arguments shared;
in
given.pkgs.extend (mkOverlay shared)
