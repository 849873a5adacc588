{ ... }:
/*
  The attributes of nixpkgs' buildPythonPackage by what they are about, of a package that takes two derivations: the
  build of a wheel and its installation. `ofSource` and `ofBuild` go to the build, `ofInstall` to the installation, all
  others (inputs, `env`, variables) to both. An installation that has the source too takes `ofSource` as well.

  Type: attributeParts :: { ofSource, ofBuild, ofInstall :: [string] }

  Example:
    removeAttrs { preBuild = "make"; postInstall = "true"; } attributeParts.ofBuild
    => { postInstall = "true"; }
*/
{
  ofSource = [
    "dontPatch"
    "dontUnpack"
    "patchFlags"
    "patchPhase"
    "patches"
    "postPatch"
    "postUnpack"
    "prePatch"
    "preUnpack"
    "setSourceRoot"
    "sourceRoot"
    "src"
    "srcs"
    "unpackCmd"
    "unpackPhase"
  ];
  ofBuild = [
    "build-system"
    "buildFlags"
    "buildPhase"
    "cargoDeps"
    "cmakeFlags"
    "configureFlags"
    "configurePhase"
    "dontBuild"
    "dontConfigure"
    "format"
    "makeFlags"
    "mesonFlags"
    "postBuild"
    "postConfigure"
    "preBuild"
    "preConfigure"
    "pypaBuildFlags"
    "pyproject"
  ];
  ofInstall = [
    "catchConflicts"
    "checkInputs"
    "checkPhase"
    "dependencies"
    "disabled"
    "doCheck"
    "doInstallCheck"
    "dontAutoPatchelf"
    "dontCheckRuntimeDeps"
    "dontFixup"
    "dontStrip"
    "dontWrapPythonPrograms"
    "fixupPhase"
    "format"
    "installCheckInputs"
    "installCheckPhase"
    "installPhase"
    "makeWrapperArgs"
    "meta"
    "name"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
    "optional-dependencies"
    "outputs"
    "passthru"
    "permitUserSite"
    "postCheck"
    "postFixup"
    "postInstall"
    "postInstallCheck"
    "preCheck"
    "preDist"
    "preFixup"
    "preInstall"
    "preInstallCheck"
    "propagatedBuildInputs"
    "pyproject"
    "pytestFlags"
    "pythonImportsCheck"
    "pythonPath"
    "unittestFlags"
  ];
}
