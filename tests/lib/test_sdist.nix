{ scope, fake }:
let
  set = fake.pkgs.python3.pkgs;
  of = testing: scope.sdist {
    inherit (fake) pkgs;
    base = set;
    fetch =
      { entry, file }:
      fake.drv { name = "${entry.name} ${file.name}"; };
    build = [ set.markupsafe ];
    inherit testing;
    dependencies = [ set.pyyaml ];
    entry = {
      name = "lxml";
      version = "5.0";
      sdist.name = "lxml-5.0.tar.gz";
    };
  };
  check = source: {
    doCheck = true;
    checkPhase = "cd ${source}";
  };
  made = of {
    isTested = false;
    inherit check;
  };
  names = map (input: input.name);
in
{
  testsAreOffUnlessAskedFor = {
    expr = [
      made.doCheck
      (of {
        isTested = true;
        inherit check;
      }).checkPhase
      (made.overridePythonAttrs { doCheck = true; }).checkPhase
    ];
    expected = [
      false
      "cd /store/lxml-5.0-source"
      "cd /store/lxml-5.0-source"
    ];
  };
  itsNameAndVersion = {
    expr = map (package: [
      package.pname
      package.version
    ]) [
      made
      made.src
    ];
    expected = [
      [
        "lxml"
        "5.0"
      ]
      [
        "lxml"
        "5.0"
      ]
    ];
  };
  buildPackagesAndDependenciesDoNotMeet = {
    expr = [
      (builtins.elem "MarkupSafe-3.0.2" (names made.src.nativeBuildInputs))
      (names made.propagatedBuildInputs)
    ];
    expected = [
      true
      [ "PyYAML-6.0.2" ]
    ];
  };
  # The wheel is compressed, so its references are seen only if both derivations have the libraries.
  librariesAreInputsOfBoth = {
    expr = [
      (names made.src.buildInputs)
      (names made.buildInputs)
    ];
    expected = [
      [
        "python3-3.12.4"
        "libxml2-2.14"
      ]
      [ "libxml2-2.14" ]
    ];
  };
  theSourceIsTheLocks = {
    expr = made.src.src.name;
    expected = "lxml lxml-5.0.tar.gz";
  };
}
