{ scope, fake }:
let
  inherit (fake) pkgs;
  build =
    args: more:
    scope.buildProject (
      {
        inherit pkgs;
        base = pkgs.python3.pkgs;
        set = pkgs.python3.pkgs;
        project = scope.project pkgs ({ src = ./project; } // args);
        pname = "lxml";
        version = "1.5";
        build = [ "flit" ];
        dependencies = [ "a" ];
      }
      // more
    );
  package = build {
    postInstall = "install";
    preBuild = "prepare";
    VARIABLE = "both";
    pyproject = true;
    build-system = [ "more" ];
    nativeBuildInputs = [ "tool" ];
    propagatedBuildInputs = [ "b" ];
  } { };
  nameOf = input: input.name or input;
  test = {
    isTested = true;
    mustHave = true;
  };
in
{
  theWheelIsBuiltWithTheLock = {
    expr = map nameOf package.wheel.nativeBuildInputs;
    expected = [
      "python3-3.12.4"
      "flit"
      "pkg-config-wrapper-0.29"
      "tool"
      "more"
      "pypa-build-hook.sh"
      "ensure-newer-sources-hook"
      "unzip-6.0"
    ];
  };
  itsArgumentsAreParted = {
    expr = [
      (package ? preBuild)
      (package ? pyproject)
      package.postInstall
      package.VARIABLE
      (package.wheel ? postInstall)
      package.wheel.preBuild
      package.wheel.VARIABLE
      package.wheel.dontConfigure
    ];
    expected = [
      false
      false
      "install"
      "both"
      false
      "prepare"
      "both"
      true
    ];
  };
  whatIsNeededIsPropagated = {
    expr = package.propagatedBuildInputs;
    expected = [
      "a"
      "b"
    ];
  };
  configuredIfThereIsAnythingToDo = {
    expr = (build { preConfigure = "x"; } { }).wheel.dontConfigure;
    expected = false;
  };
  testsAreOffByDefault = {
    expr = map (package: [
      package.doCheck
      (package ? checkPhase)
    ]) [
      package
      (build { } { inherit test; })
      (build { doCheck = true; } { })
      (build { doCheck = false; } { inherit test; })
    ];
    expected = [
      [
        false
        false
      ]
      [
        true
        true
      ]
      [
        true
        true
      ]
      [
        false
        false
      ]
    ];
  };
  # The installation has the source too, so that what an override says of it reaches both.
  overrides = {
    expr =
      let
        changed =
          (package.overridePythonAttrs (old: {
            patches = old.patches or [ ] ++ [ "a.patch" ];
            buildInputs = old.buildInputs ++ [ "zlib" ];
            preBuild = "other";
          })).overrideAttrs
            { postInstall = "other"; };
      in
      [
        changed.patches
        changed.wheel.patches
        (map nameOf changed.buildInputs)
        changed.wheel.preBuild
        (changed ? preBuild)
        changed.postInstall
        (changed.wheel ? postInstall)
      ];
    expected = [
      [ "a.patch" ]
      [ "a.patch" ]
      [
        "libxml2-2.14"
        "zlib"
      ]
      "other"
      false
      "other"
      false
    ];
  };
  anApplicationIsNoModule = {
    expr = (build { } { function = "buildPythonApplication"; }) ? pythonModule;
    expected = false;
  };
  otherFormatsAreRefused = {
    expr = map (args: fake.stops (build args { }).name) [
      { format = "other"; }
      { pyproject = false; }
    ];
    expected = [
      true
      true
    ];
  };
}
