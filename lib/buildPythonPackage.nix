{ ownPackage, ... }:
/*
  A Python module from its source, with the arguments of nixpkgs' function of the same name and those of `mkPython`
  (docs/api.md). The source alone, a path, a derivation or a URL, stands for { src = …; }.

  Type: buildPythonPackage :: AttrSet | path | derivation | string -> derivation

  Example:
    buildPythonPackage { inherit pkgs; src = ./my-package; extras = [ "http" ]; }
    => «derivation …-python3.12-my-package-1.0.drv»
*/
ownPackage "buildPythonPackage"
