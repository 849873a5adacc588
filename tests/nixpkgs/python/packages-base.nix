# nixpkgs: pkgs/development/interpreters/python/python-packages-base.nix. What the Python set is made with.
{
  lib,
  pkgs,
  stdenv,
  python,
}:
self:
let
  inherit (self) callPackage;
  namePrefix = python.libPrefix + "-";
  removePythonPrefix = lib.removePrefix namePrefix;

  # f for attributes or finalAttrs: attributes, with overridePythonAttrs on the result: it calls f with changed ones.
  makeOverridablePythonPackage =
    f:
    let
      build =
        rattrs:
        f (
          lib.extends (_: prev: {
            passthru = prev.passthru or { } // {
              overridePythonAttrs = change: build (lib.extends (lib.toExtension change) rattrs);
            };
          }) rattrs
        );
    in
    {
      __functor = _: attrs: build (lib.toFunction attrs);
    }
    // lib.optionalAttrs (f ? override) {
      override = args: makeOverridablePythonPackage (f.override args);
    };

  hasPythonModule = drv: drv ? pythonModule && drv.pythonModule == python;

  requiredPythonModules =
    drvs:
    let
      modules = builtins.filter hasPythonModule drvs;
    in
    lib.unique ([ python ] ++ modules ++ lib.concatLists (lib.catAttrs "requiredPythonModules" modules));

  toPythonModule =
    drv:
    drv.overrideAttrs (old: {
      passthru = old.passthru or { } // {
        pythonModule = python;
        pythonPath = [ ];
        requiredPythonModules = builtins.addErrorContext "while calculating requiredPythonModules for ${drv.name}:" (
          requiredPythonModules drv.propagatedBuildInputs
        );
      };
    });

  toPythonApplication =
    drv:
    drv.overrideAttrs (old: {
      passthru = old.passthru or { } // {
        name = removePythonPrefix old.name;
        pythonModule = false;
      };
    });

  disabled =
    drv:
    throw "${removePythonPrefix (drv.pname or drv.name)} not supported for interpreter ${python.executable}";
in
{
  inherit lib pkgs stdenv;
  inherit (python.passthru)
    isPy27
    isPy39
    isPy310
    isPy311
    isPy312
    isPy313
    isPy314
    isPy3k
    isPyPy
    pythonAtLeast
    pythonOlder
    ;
  inherit
    hasPythonModule
    requiredPythonModules
    toPythonModule
    toPythonApplication
    disabled
    ;
  disabledIf = cond: drv: if cond then disabled drv else drv;
  makePythonPath = drvs: lib.makeSearchPath python.sitePackages (requiredPythonModules drvs);

  # Libraries are named after the interpreter that they are for, applications are not.
  buildPythonPackage = makeOverridablePythonPackage (
    callPackage ./mk-python-derivation.nix { inherit namePrefix toPythonModule; }
  );
  buildPythonApplication = makeOverridablePythonPackage (
    callPackage ./mk-python-derivation.nix {
      namePrefix = "";
      toPythonModule = lib.id;
    }
  );

  python = toPythonModule python;
  pythonPackages = self;
}
