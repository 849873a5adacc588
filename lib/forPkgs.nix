{ functionsFor, ... }:
/*
  The functions of mach for one nixpkgs, which they take for `pkgs` unless they are given another (functionsFor.nix).

  Type: forPkgs :: AttrSet -> AttrSet

  Example:
    (forPkgs nixpkgs.legacyPackages.x86_64-linux).mkPython { lock = ./pylock.toml; }
*/
pkgs: functionsFor { inherit pkgs; }
