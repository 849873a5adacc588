{ nameSet, ... }:
let
  inherit (builtins) mapAttrs;
  of = type: names: mapAttrs (_: _: type) (nameSet names);
in
/*
  The attributes of packages that people change, and what they are ("any": one of several things): for the type of one that
  a package does not have yet, and for the name of one that is misspelt.

  Type: attributeTypes :: { ATTRIBUTE :: "list" | "string" | "bool" | "set" | "any" }
*/
of "list" [
  "buildInputs"
  "build-system"
  "checkInputs"
  "cmakeFlags"
  "configureFlags"
  "dependencies"
  "disabledTestPaths"
  "disabledTests"
  "installCheckInputs"
  "makeFlags"
  "makeWrapperArgs"
  "mesonFlags"
  "nativeBuildInputs"
  "nativeCheckInputs"
  "nativeInstallCheckInputs"
  "patches"
  "propagatedBuildInputs"
  "pypaBuildFlags"
  "pytestFlags"
  "pythonImportsCheck"
  "unittestFlags"
]
// of "string" [
  "buildPhase"
  "checkPhase"
  "configurePhase"
  "installCheckPhase"
  "installPhase"
  "pname"
  "postBuild"
  "postCheck"
  "postFixup"
  "postInstall"
  "postPatch"
  "preBuild"
  "preCheck"
  "preFixup"
  "preInstall"
  "prePatch"
  "sourceRoot"
  "version"
]
// of "bool" [
  "doCheck"
  "doInstallCheck"
  "dontAutoPatchelf"
  "dontStrip"
  "dontWrapPythonPrograms"
  "strictDeps"
]
// of "set" [
  "env"
  "meta"
  "passthru"
]
// of "any" [
  "disabled"
  "name"
  "src"
  "stdenv"
]
