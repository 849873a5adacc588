{ scope, fake }:
let
  inherit (fake) pkgs;
  build =
    args: more:
    scope.buildProject (
      {
        inherit pkgs;
        base = pkgs.python3.pkgs;
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
    expr = map (package: package.doCheck) [
      package
      (build { } { tests = true; })
      (build { } { tests = [ "lxml" ]; })
      (build { doCheck = true; } { })
    ];
    expected = [
      false
      true
      true
      true
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
