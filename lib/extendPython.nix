{ ... }:
/*
  An interpreter whose set has `overlay` after what it has already.

  Type: extendPython :: { pkgs :: AttrSet, python :: derivation, overlay :: AttrSet -> AttrSet -> AttrSet } -> derivation

  Example:
    extendPython { inherit pkgs; python = pkgs.python3; overlay = self: super: { mine = …; }; }
*/
{
  pkgs,
  python,
  overlay,
}:
let
  extended = python.override (old: {
    # The set's own `python` is to be the new one.
    self = extended;
    packageOverrides = pkgs.lib.composeManyExtensions [
      (old.packageOverrides or (_: _: { }))
      overlay
    ];
  });
in
extended
