{ scope, fake }:
let
  set = fake.pkgs.python3.pkgs;
  made = scope.sdist {
    inherit (fake) pkgs;
    base = set;
    fetch =
      { entry, file }:
      fake.drv { name = "${entry.name} ${file.name}"; };
    build = [ set.markupsafe ];
    dependencies = [ set.pyyaml ];
    entry = {
      name = "lxml";
      version = "5.0";
      sdist.name = "lxml-5.0.tar.gz";
    };
  };
  names = map (input: input.name);
in
{
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
