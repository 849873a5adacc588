{ ownPackage, ... }:
/*
  A program from its source, with the arguments of nixpkgs' function of the same name and those of `mkPython`
  (docs/api.md): like `buildPythonPackage`, but what it gives is no Python module.

  Type: buildPythonApplication :: AttrSet | path | derivation | string -> derivation

  Example:
    buildPythonApplication { inherit pkgs; src = ./.; makeWrapperArgs = [ "--set COLUMNS 80" ]; }
    => «derivation …-hello-1.0.drv»
*/
ownPackage "buildPythonApplication"
