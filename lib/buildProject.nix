{
  buildWheel,
  fail,
  nativeInputs,
  ...
}:
let
  inherit (builtins)
    elem
    intersectAttrs
    isList
    listToAttrs
    removeAttrs
    ;

  setOf =
    names:
    listToAttrs (
      map (name: {
        inherit name;
        value = null;
      }) names
    );

  # Of the arguments of nixpkgs' function: what only the build of the wheel is to have, what only its installation is,
  # and what both have, but not as it was given. All others go to both.
  onlyBuild = [
    "buildPhase"
    "configurePhase"
    "postBuild"
    "postConfigure"
    "preBuild"
    "preConfigure"
    "pypaBuildFlags"
  ];
  onlyInstall = [
    "checkInputs"
    "checkPhase"
    "disabled"
    "doCheck"
    "doInstallCheck"
    "dontStrip"
    "dontWrapPythonPrograms"
    "fixupPhase"
    "installCheckPhase"
    "installPhase"
    "makeWrapperArgs"
    "meta"
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
    "pythonImportsCheck"
  ];
  changed = [
    "build-system"
    "buildInputs"
    "dependencies"
    "format"
    "name"
    "nativeBuildInputs"
    "pname"
    "propagatedBuildInputs"
    "pyproject"
    "src"
    "version"
  ];
  # What of a build buildWheel takes as it takes a fix.
  asFix = [
    "env"
    "patches"
    "postPatch"
  ];

  otherFormats = [
    "egg"
    "other"
    "wheel"
  ];
in
/*
  A package from the source of a project, in two steps as an sdist of a lock (sdist.nix): the build packages `build` make
  a wheel, and nixpkgs' `function` (buildPythonPackage or buildPythonApplication) installs it with `dependencies`. The
  source is unpacked for both, so that what is installed beside the wheel is there. `passthru` is added to the caller's.

  Type: buildProject ::
    { pkgs, base, function :: string ? "buildPythonPackage", project :: AttrSet, pname, version :: string,
      build :: [derivation], dependencies :: [derivation], tests :: bool | [string], passthru } -> derivation

  Example:
    buildProject { inherit pkgs base; project = project pkgs { src = ./.; }; pname = "hello"; version = "1.0"; … }
    => «derivation …-python3.12-hello-1.0.drv»
*/
{
  pkgs,
  base,
  function ? "buildPythonPackage",
  project,
  pname,
  version,
  build,
  dependencies,
  tests ? false,
  passthru ? { },
}:
let
  inherit (project) attrs src;
  native = nativeInputs {
    inherit base;
    name = pname;
  };
  buildInputs = native.buildInputs ++ attrs.buildInputs or [ ];
  added = attrs.propagatedBuildInputs or [ ] ++ attrs.dependencies or [ ];
  configures = intersectAttrs (setOf [
    "configurePhase"
    "postConfigure"
    "preConfigure"
  ]) attrs;

  wheel = buildWheel {
    inherit
      pkgs
      base
      version
      src
      build
      buildInputs
      ;
    name = pname;
    nativeBuildInputs = native.nativeBuildInputs ++ attrs.nativeBuildInputs or [ ] ++ attrs.build-system or [ ];
    fix = intersectAttrs (setOf asFix) attrs // {
      flags = attrs.pypaBuildFlags or [ ];
    };
    attrs =
      removeAttrs attrs (onlyInstall ++ changed ++ asFix ++ [ "pypaBuildFlags" ])
      // (
        if configures == { } then
          { }
        else
          {
            dontConfigure = false;
            configurePhase =
              attrs.configurePhase or ''
                runHook preConfigure
                runHook postConfigure
              '';
          }
      );
  };

  install = if function == "buildPythonApplication" then base.buildPythonApplication else base.buildPythonPackage;
  installed = install (
    {
      doCheck = if isList tests then elem pname tests else tests;
      installPhase = "pypaInstallPhase";
    }
    // removeAttrs attrs (onlyBuild ++ changed)
    // {
      inherit
        pname
        version
        src
        buildInputs
        ;
      format = "wheel";
      # The source beside the wheel, for what is installed or tested from there.
      unpackPhase = attrs.unpackPhase or "unpackPhase";
      dontConfigure = true;
      buildPhase = ''
        rm -rf dist
        mkdir dist
        cp ${wheel}/*.whl dist/
      '';
      nativeBuildInputs = attrs.nativeBuildInputs or [ ];
      propagatedBuildInputs = dependencies ++ added;
      catchConflicts = false;
      dontCheckRuntimeDeps = true;
      passthru = {
        inherit wheel;
      }
      // passthru
      // attrs.passthru or { }
      // {
        # What another environment is to add to its own packages.
        mach = {
          inherit added;
        };
      };
    }
  );
in
if !(attrs.pyproject or true) || elem (attrs.format or null) otherFormats then
  fail {
    what = "mach builds ${pname} by its pyproject.toml or its setup.py, and in no other format";
    where = "the arguments `format` and `pyproject`";
    hint = "leave them out, or write the package with nixpkgs' own function in overridesPost";
  }
else
  installed
