{
  extendPython,
  fail,
  interpreter,
  interpreterAttr,
  legacyArguments,
  mkPythonOverrides,
  ...
}:
let
  inherit (builtins) isString;
in
/*
  An overlay of nixpkgs whose interpreter has the packages: `python3` and `python3Packages`, or those of the attribute
  that `python` names. It takes the arguments of `mkPython`; `pkgs` is what the overlay is applied to.

  Type: mkOverlay :: AttrSet -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    import nixpkgs { overlays = [ (mkOverlay { lock = ./pylock.toml; python = "python312"; }) ]; }
*/
given:
let
  args = legacyArguments given;
  # The name may not be asked of nixpkgs, which takes it from what the overlay makes.
  attr =
    if !(args ? python) then
      "python3"
    else if isString args.python then
      interpreterAttr args.python
    else
      fail {
        what = "an overlay is of an attribute of nixpkgs, which a package does not tell";
        where = "the argument `python` of mkOverlay";
        hint = ''python = "python312";'';
      };
in
_: prev:
let
  base = interpreter {
    pkgs = prev;
    python = attr;
  };
  python = extendPython {
    pkgs = prev;
    python = base;
    overlay = mkPythonOverrides (
      args
      // {
        pkgs = prev;
        python = base;
      }
    );
  };
in
{
  ${attr} = python;
  "${attr}Packages" = python.pkgs;
}
