# nixpkgs: pkgs/development/interpreters/python/passthrufun.nix. What every interpreter has beside its files.
{
  lib,
  stdenv,
  callPackage,
  pkgs,
  config,
  newScope,
  pythonPackagesExtensions,
}:
{
  implementation,
  libPrefix,
  executable,
  sourceVersion,
  pythonVersion,
  packageOverrides,
  sitePackages,
  pythonAttr,
  self,
}:
let
  # Each package of the set must be one for Python, so that none is passed over when an environment is made.
  ensurePythonModules = lib.mapAttrs (
    name: value:
    let
      valid = pythonPackages.hasPythonModule value || value.provides.setupHook or false || value == stdenv;
    in
    if lib.isDerivation value then
      lib.extendDerivation (
        valid
        || throw ''
          ${name} is in the Python set and is no package for Python
          hint: buildPythonPackage, or toPythonModule''
      ) { } value
    else
      value
  );

  base = import ./packages-base.nix {
    inherit lib pkgs stdenv;
    python = self;
  };
  extensions = lib.composeManyExtensions (
    [
      (import ./hooks)
      (import ../python-packages)
    ]
    ++ pythonPackagesExtensions
    ++ [ packageOverrides ]
  );
  pythonPackages = ensurePythonModules (lib.makeScope newScope (lib.extends extensions base));
  is = version: pythonVersion == version;
in
rec {
  inherit
    implementation
    libPrefix
    executable
    sourceVersion
    pythonVersion
    sitePackages
    pythonAttr
    ;
  isPy27 = false;
  isPy2 = false;
  isPy3 = true;
  isPy3k = true;
  isPyPy = implementation == "pypy";
  isPy39 = is "3.9";
  isPy310 = is "3.10";
  isPy311 = is "3.11";
  isPy312 = is "3.12";
  isPy313 = is "3.13";
  isPy314 = is "3.14";

  pkgs = pythonPackages;
  interpreter = "${self}/bin/${executable}";
  pythonOnBuildForHost = self;
  pythonAtLeast = lib.versionAtLeast pythonVersion;
  pythonOlder = lib.versionOlder pythonVersion;

  buildEnv = callPackage ./wrapper.nix {
    python = self;
    inherit (pythonPackages) requiredPythonModules;
  };
  withPackages = f: buildEnv.override { extraLibs = f pythonPackages; };
}
