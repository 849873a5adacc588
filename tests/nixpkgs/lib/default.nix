# The part of nixpkgs' lib that mach and this set use, with nixpkgs' semantics: flat, as `lib.NAME` is there.
let
  callLib = file: import file { inherit lib; };
  lib = {
    fetchers = callLib ./fetchers.nix;
    licenses = callLib ./licenses.nix;
    systems = callLib ./systems.nix;
    platforms = callLib ./platforms.nix;
    versions = callLib ./versions.nix;
  }
  // callLib ./trivial.nix
  // callLib ./fixed-points.nix
  // callLib ./lists.nix
  // callLib ./attrsets.nix
  // callLib ./strings.nix
  // callLib ./derivations.nix
  // callLib ./customisation.nix;
in
lib
