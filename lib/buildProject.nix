{
  attributeParts,
  buildTools,
  buildWheel,
  fail,
  nativeInputs,
  overridable,
  testPhase,
  unpackedSource,
  withTests,
  ...
}:
let
  inherit (builtins) elem removeAttrs;
  inherit (attributeParts) ofBuild ofInstall;

  # What both steps have of nixpkgs' arguments, but not as it was given.
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

  # A build that is to be configured; else the setup hook of a native input might do it.
  configured =
    attrs:
    if attrs ? configurePhase || attrs ? preConfigure || attrs ? postConfigure then
      {
        dontConfigure = false;
        configurePhase = ''
          runHook preConfigure
          runHook postConfigure
        '';
      }
    else
      { };

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

  `needs` are the ids of `build` in the lock. `test` says whether the tests of the source are run, and whether there must be some; `set` has what runs them.

  Type: buildProject ::
    { pkgs, base, set :: AttrSet, function :: string ? "buildPythonPackage", project :: AttrSet, pname, version :: string,
      build :: [derivation], dependencies :: [derivation], test :: { isTested, mustHave :: bool } ? …, passthru ? { },
      needs :: [string] ? [ ] } -> derivation

  Example:
    buildProject { inherit pkgs base set; project = project pkgs { src = ./.; }; pname = "hello"; version = "1.0"; … }
    => «derivation …-python3.12-hello-1.0.drv»
*/
{
  pkgs,
  base,
  set,
  function ? "buildPythonPackage",
  project,
  pname,
  version,
  build,
  dependencies,
  test ? {
    isTested = false;
    mustHave = false;
  },
  passthru ? { },
  needs ? [ ],
}:
let
  inherit (project) attrs src;
  tools = buildTools {
    inherit pkgs;
    entry = {
      name = pname;
      tool.mach.build = needs;
    };
    tree = project.tree or null;
  };
  native = nativeInputs {
    inherit base;
    name = pname;
  };
  buildInputs = native.buildInputs ++ attrs.buildInputs or [ ];
  added = attrs.propagatedBuildInputs or [ ] ++ attrs.dependencies or [ ];
  function' = if function == "buildPythonApplication" then base.buildPythonApplication else base.buildPythonPackage;

  check =
    wheel:
    testPhase { inherit pkgs set; } {
      name = pname;
      inherit (test) mustHave;
    } (unpackedSource wheel);

  install =
    wheel:
    function' (
      withTests { phase = check wheel; } (
        {
          doCheck = test.isTested;
          installPhase = "pypaInstallPhase";
        }
        // removeAttrs attrs (ofBuild ++ changed)
      )
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
  overridable {
    inherit pkgs check install;
    name = pname;
    hasSource = true;
    build =
      changes:
      buildWheel {
        inherit
          pkgs
          base
          version
          src
          build
          buildInputs
          changes
          ;
        name = pname;
        nativeBuildInputs =
          native.nativeBuildInputs ++ tools.nativeBuildInputs ++ attrs.nativeBuildInputs or [ ] ++ attrs.build-system or [ ];
        attrs = tools.attrs // configured attrs // removeAttrs attrs (ofInstall ++ changed);
      };
  }
