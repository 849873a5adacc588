# nixpkgs: pkgs/development/interpreters/python/hooks/default.nix. The setup hooks that buildPythonPackage is made of.
# What a hook needs comes from the set, so an override of installer, build or wheel is an override of the hooks.
self: _:
let
  inherit (self) callPackage lib python;
  pythonInterpreter = python.interpreter;
  pythonSitePackages = python.sitePackages;

  hook =
    name: substitutions:
    callPackage (
      { makePythonHook }: makePythonHook { inherit name substitutions; } (./. + "/${name}.sh")
    ) { };
in
{
  # Marked, so that they may stand in the Python set.
  makePythonHook = args: self.pkgs.makeSetupHook (lib.recursiveUpdate { passthru.provides.setupHook = true; } args);

  pypaBuildHook = callPackage (
    {
      makePythonHook,
      build,
      wheel,
    }:
    makePythonHook {
      name = "pypa-build-hook";
      propagatedBuildInputs = [ wheel ];
      substitutions = { inherit build; };
    } ./pypa-build-hook.sh
  ) { };

  pypaInstallHook = callPackage (
    { makePythonHook, installer }:
    makePythonHook {
      name = "pypa-install-hook";
      propagatedBuildInputs = [ installer ];
      substitutions = { inherit pythonInterpreter pythonSitePackages; };
    } ./pypa-install-hook.sh
  ) { };

  pythonCatchConflictsHook = hook "python-catch-conflicts-hook" {
    inherit pythonInterpreter pythonSitePackages;
    catchConflicts = ./catch-conflicts.py;
  };
  pythonImportsCheckHook = hook "python-imports-check-hook" { inherit pythonInterpreter pythonSitePackages; };
  pythonOutputDistHook = hook "python-output-dist-hook" { };

  pythonRelaxDepsHook = callPackage (
    { makePythonHook, wheel }:
    makePythonHook {
      name = "python-relax-deps-hook";
      substitutions = {
        inherit pythonInterpreter pythonSitePackages wheel;
        relax = ./relax-deps.py;
      };
    } ./python-relax-deps-hook.sh
  ) { };

  pythonRemoveBinBytecodeHook = hook "python-remove-bin-bytecode-hook" { };
  pythonRemoveTestsDirHook = hook "python-remove-tests-dir-hook" { inherit pythonSitePackages; };

  pythonRuntimeDepsCheckHook = callPackage (
    { makePythonHook, packaging }:
    makePythonHook {
      name = "python-runtime-deps-check-hook";
      propagatedBuildInputs = [ packaging ];
      substitutions = {
        inherit pythonInterpreter pythonSitePackages;
        check = ./runtime-deps-check.py;
      };
    } ./python-runtime-deps-check-hook.sh
  ) { };

  setuptoolsBuildHook = callPackage (
    {
      makePythonHook,
      setuptools,
      wheel,
    }:
    makePythonHook {
      name = "setuptools-build-hook";
      propagatedBuildInputs = [
        setuptools
        wheel
      ];
      substitutions = { inherit pythonInterpreter; };
    } ./setuptools-build-hook.sh
  ) { };

  unittestCheckHook = hook "unittest-check-hook" { inherit pythonInterpreter; };

  wheelUnpackHook = callPackage (
    { makePythonHook, wheel }:
    makePythonHook {
      name = "wheel-unpack-hook";
      propagatedBuildInputs = [ wheel ];
    } ./wheel-unpack-hook.sh
  ) { };

  wrapPython = callPackage (
    { makePythonHook, makeWrapper }:
    makePythonHook {
      name = "wrap-python-hook";
      propagatedBuildInputs = [ makeWrapper ];
      substitutions = {
        inherit pythonInterpreter pythonSitePackages python;
        addPaths = ./add-paths.py;
      };
    } ./wrap-python-hook.sh
  ) { };
}
