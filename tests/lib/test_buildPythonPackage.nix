{ scope, fake }:
let
  inherit (fake) pkgs;
  package = scope.buildPythonPackage {
    inherit pkgs;
    src = ./project;
  };
  mach = scope.forPkgs pkgs;
in
{
  itIsAModule = {
    expr = [
      package.name
      (package.pythonModule == pkgs.python3)
      package.provider
    ];
    expected = [
      "My.Project-1.5"
      true
      "source"
    ];
  };
  aSourceAlone = {
    expr = (mach.buildPythonPackage ./project).name;
    expected = package.name;
  };
  further = {
    expr = map fake.stops [
      (mach.buildPythonPackage { pname = "without-source"; })
      (mach.buildPythonPackage {
        src = ./project;
        packagesExtra = [ ];
      })
    ];
    expected = [
      true
      true
    ];
  };
}
