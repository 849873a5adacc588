# nixpkgs: pkgs/development/interpreters/python/mk-python-derivation.nix. buildPythonPackage and buildPythonApplication.
{
  lib,
  stdenv,
  python,
  namePrefix,
  toPythonModule,
  ensureNewerSourcesForZipFilesHook,
  pypaBuildHook,
  pypaInstallHook,
  pythonCatchConflictsHook,
  pythonImportsCheckHook,
  pythonOutputDistHook,
  pythonRelaxDepsHook,
  pythonRemoveBinBytecodeHook,
  pythonRemoveTestsDirHook,
  pythonRuntimeDepsCheckHook,
  setuptoolsBuildHook,
  unzip,
  wheelUnpackHook,
  wrapPython,
}:
let
  # Attributes that stand for something else in the build, or that say something about the package.
  notForBuild = [
    "disabled"
    "checkPhase"
    "checkInputs"
    "nativeCheckInputs"
    "pyproject"
    "format"
    "stdenv"
    "dependencies"
    "optional-dependencies"
    "build-system"
  ];

  # The hooks are made of these packages, so a check of their own conflicts would find the hooks'.
  isBootstrap =
    attrs:
    builtins.elem (attrs.pname or null) [
      "build"
      "flit-core"
      "installer"
      "packaging"
      "pyproject-hooks"
      "setuptools"
      "wheel"
    ];

  formatOf =
    name:
    {
      pyproject ? null,
      format ? null,
      ...
    }:
    assert pyproject != null -> format == null;
    if pyproject != null then
      (if pyproject then "pyproject" else "other")
    else if format != null then
      format
    else
      throw ''
        ${name} has neither `format` nor `pyproject`
        hint: pyproject = true; build-system = [ setuptools ];'';

  isModule = drv: drv ? pythonModule && !builtins.isBool drv.pythonModule;

  # A package for another Python among the inputs would be importable and wrong.
  checkPython =
    name: attr:
    map (
      drv:
      if isModule drv && drv.pythonModule != python then
        throw ''
          Python version mismatch in '${name}': the ${attr} have '${drv.name}',
          which uses ${toString drv.pythonModule}, not ${python}''
      else
        drv
    );

  hooksFor =
    format: attrs:
    [
      python
      wrapPython
      ensureNewerSourcesForZipFilesHook
      pythonRemoveTestsDirHook
    ]
    ++ lib.optional (attrs.catchConflicts or true && !(isBootstrap attrs)) pythonCatchConflictsHook
    ++ lib.optional (
      attrs.pythonRelaxDeps or [ ] != [ ] || attrs.pythonRemoveDeps or [ ] != [ ]
    ) pythonRelaxDepsHook
    ++ lib.optional (attrs.removeBinBytecode or true) pythonRemoveBinBytecodeHook
    ++ lib.optional (lib.hasSuffix "zip" (attrs.src.name or "")) unzip
    ++ {
      setuptools = [
        setuptoolsBuildHook
        pypaInstallHook
      ];
      pyproject = [
        pypaBuildHook
        pythonRuntimeDepsCheckHook
        pypaInstallHook
      ];
      wheel = [
        wheelUnpackHook
        pypaInstallHook
      ];
      other = [ ];
    }.${format}
    ++ [ pythonImportsCheckHook ]
    ++ lib.optional (format != "other") pythonOutputDistHook;

  argumentsOf =
    attrs:
    let
      baseName = attrs.name or "${attrs.pname}-${attrs.version}";
      name = namePrefix + baseName;
      format = formatOf name attrs;
      check = checkPython name;
      passthru = {
        disabled = attrs.disabled or false;
        pyproject = attrs.pyproject or null;
        build-system = attrs.build-system or [ ];
        dependencies = attrs.dependencies or [ ];
        optional-dependencies = attrs.optional-dependencies or { };
      }
      // attrs.passthru or { };
    in
    removeAttrs attrs notForBuild
    // {
      inherit name passthru;
      nativeBuildInputs = hooksFor format attrs ++ attrs.nativeBuildInputs or [ ] ++ passthru.build-system;
      buildInputs = check "buildInputs" (attrs.buildInputs or [ ] ++ attrs.pythonPath or [ ]);
      propagatedBuildInputs =
        check "propagatedBuildInputs" (attrs.propagatedBuildInputs or [ ] ++ passthru.dependencies)
        ++ [ python ];
      strictDeps = attrs.strictDeps or true;
      outputs = attrs.outputs or [ "out" ] ++ lib.optional (format != "other") "dist";

      # Tests run on what was installed.
      doCheck = false;
      doInstallCheck = attrs.doCheck or false;
      installCheckInputs = attrs.checkInputs or [ ];
      nativeInstallCheckInputs = attrs.nativeCheckInputs or [ ];

      postFixup =
        lib.optionalString (!(attrs.dontWrapPythonPrograms or false)) "wrapPythonPrograms\n"
        + attrs.postFixup or "";
      meta = {
        inherit (python.meta) platforms;
        isBuildPythonPackage = python.meta.platforms;
      }
      // attrs.meta or { };
    }
    // lib.optionalAttrs (attrs ? checkPhase) { installCheckPhase = attrs.checkPhase; };

  # A package that is not for this Python can be looked at, but not built.
  enabledOnly =
    drv:
    lib.extendDerivation (
      !drv.disabled
      || throw "${lib.removePrefix namePrefix drv.name} not supported for interpreter ${python.executable}"
    ) { } drv
    // {
      overrideAttrs = f: enabledOnly (drv.overrideAttrs f);
    };
in
rattrs:
enabledOnly (toPythonModule (stdenv.mkDerivation (finalAttrs: argumentsOf (rattrs finalAttrs))))
