# The part of nixpkgs' lib that mach, this set and tests/poetry2nix use, with nixpkgs' semantics.
let
  callLib = file: import file { inherit lib; };
  # Those whose functions are there as `lib.NAME` too.
  flat = {
    attrsets = callLib ./attrsets.nix;
    customisation = callLib ./customisation.nix;
    derivations = callLib ./derivations.nix;
    fixedPoints = callLib ./fixed-points.nix;
    lists = callLib ./lists.nix;
    strings = callLib ./strings.nix;
    trivial = callLib ./trivial.nix;
  };
  lib = {
    inherit (flat)
      attrsets
      customisation
      fixedPoints
      lists
      strings
      trivial
      ;
    fetchers = callLib ./fetchers.nix;
    licenses = callLib ./licenses.nix;
    systems = callLib ./systems.nix;
    platforms = callLib ./platforms.nix;
    versions = callLib ./versions.nix;
  }
  // builtins.foldl' (functions: name: functions // flat.${name}) { } (builtins.attrNames flat);
in
lib
