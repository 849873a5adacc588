{
  arguments,
  lockFor,
  overlayFor,
  ...
}:
/*
  The packages of requirements or of a lock as a `packageOverrides` for an interpreter of nixpkgs, composed with the
  caller's overlays before and after. It takes the arguments of `mkPython`, and `python` must be the interpreter that
  it will be given to.

  Type: mkPythonOverrides :: AttrSet -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    pkgs.python3.override {
      packageOverrides = mkPythonOverrides { inherit pkgs; lock = ./pylock.toml; };
    }
*/
args:
let
  given = arguments args;
in
overlayFor (lockFor given // { arguments = given; })
