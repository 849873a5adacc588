{ scope, fake }:
let
  inherit (fake) drv pkgs;
  install = wheel: drv {
    name = "foo-1.0";
    src = wheel;
    buildInputs = [ "library" ];
    nativeBuildInputs = [ ];
    propagatedBuildInputs = [ ];
  };
  built = scope.overridable {
    inherit pkgs install;
    name = "foo";
    build =
      changes:
      drv (
        builtins.foldl' (old: change: old // change old) {
          name = "foo-1.0-wheel";
          src = "foo-1.0.tar.gz";
          buildInputs = [ "library" ];
          nativeBuildInputs = [ "backend" ];
          patches = [ ];
        } changes
      );
    check = wheel: {
      doCheck = true;
      nativeCheckInputs = [ "pytest" ];
      checkPhase = "test ${wheel.src}";
    };
  };
  shipped = scope.overridable {
    inherit pkgs;
    name = "foo";
    install = _: install "foo-1.0-py3-none-any.whl";
  };
  add = name: value: old: { ${name} = old.${name} or [ ] ++ [ value ]; };
in
{
  # Both kinds of override, in any order.
  theBuildIsReached = {
    expr =
      let
        made =
          ((built.overridePythonAttrs (add "patches" "a.patch")).overrideAttrs (
            add "nativeBuildInputs" "cmake"
          )).overridePythonAttrs
            { preBuild = "make"; };
      in
      [
        made.src.patches
        made.src.nativeBuildInputs
        made.src.preBuild
        (made ? patches || made ? preBuild)
      ];
    expected = [
      [ "a.patch" ]
      [
        "backend"
        "cmake"
      ]
      "make"
      false
    ];
  };
  inputsReachBoth = {
    expr =
      let
        made = built.overridePythonAttrs (add "buildInputs" "zlib");
      in
      [
        made.buildInputs
        made.src.buildInputs
      ];
    expected = [
      [
        "library"
        "zlib"
      ]
      [
        "library"
        "zlib"
      ]
    ];
  };
  theInstallationIsReached = {
    expr =
      let
        made = built.overridePythonAttrs {
          propagatedBuildInputs = [ "six" ];
          postInstall = "true";
        };
      in
      [
        made.propagatedBuildInputs
        made.postInstall
        (made.src ? propagatedBuildInputs || made.src ? postInstall)
      ];
    expected = [
      [ "six" ]
      "true"
      false
    ];
  };
  theSourceIsTheBuilds = {
    expr =
      let
        made = built.overridePythonAttrs { src = "fork.tar.gz"; };
      in
      [
        made.src.name
        made.src.src
      ];
    expected = [
      "foo-1.0-wheel"
      "fork.tar.gz"
    ];
  };
  buildSystemIsOfTheBuild = {
    expr =
      (built.overridePythonAttrs (old: {
        pyproject = true;
        build-system = old.build-system or [ ] ++ [ "hatchling" ];
      })).src.nativeBuildInputs;
    expected = [
      "backend"
      "hatchling"
    ];
  };
  finalAttributesFirst = {
    expr =
      (built.overrideAttrs (
        final: old: {
          buildInputs = old.buildInputs ++ final.buildInputs;
        }
      )).src.buildInputs;
    expected = [
      "library"
      "library"
    ];
  };
  testsBringTheirRunner = {
    expr =
      let
        made = built.overridePythonAttrs {
          doCheck = true;
          nativeCheckInputs = [ "hypothesis" ];
        };
      in
      [
        made.doCheck
        made.nativeCheckInputs
        made.checkPhase
      ];
    expected = [
      true
      [
        "pytest"
        "hypothesis"
      ]
      "test foo-1.0.tar.gz"
    ];
  };
  anotherCheckPhaseIsKept = {
    expr =
      (built.overridePythonAttrs {
        doCheck = true;
        checkPhase = "make test";
      }).checkPhase;
    expected = "make test";
  };
  # What people override of nixpkgs' package of the same name does not leak into a wheel.
  aWheelKeepsItsSource = {
    expr =
      let
        made = shipped.overridePythonAttrs (old: {
          version = "2.0";
          src = "foo-2.0.tar.gz";
          postPatch = old.postPatch + "sed";
          buildInputs = old.buildInputs ++ [ "zlib" ];
        });
      in
      [
        made.src
        (made ? postPatch)
        made.buildInputs
      ];
    expected = [
      "foo-1.0-py3-none-any.whl"
      false
      [
        "library"
        "zlib"
      ]
    ];
  };
  # The lock decides what a package is made of.
  argumentsArePassedOver = {
    expr =
      let
        made = (built.overridePythonAttrs (add "patches" "a.patch")).override { preferWheel = true; };
        again = (shipped.override (_old: { preferWheel = true; })).overridePythonAttrs (add "buildInputs" "zlib");
      in
      [
        made.src.patches
        (made.override { blas = "mkl"; }).src.patches
        again.buildInputs
      ];
    expected = [
      [ "a.patch" ]
      [ "a.patch" ]
      [
        "library"
        "zlib"
      ]
    ];
  };
}
