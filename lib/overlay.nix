{ forPkgs, ... }:
/*
  The overlay of nixpkgs that brings mach: its functions for that nixpkgs under `mach`, and the program in `mach.helper`.

  Type: overlay :: AttrSet -> AttrSet -> AttrSet

  Example:
    (import nixpkgs { overlays = [ mach.overlays.default ]; }).mach.mkPython { lock = ./pylock.toml; }
*/
final: _: { mach = forPkgs final; }
