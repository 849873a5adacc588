{ scope, fake }:
let
  # The program's list of projects, and a lock, where they would be built.
  pkgs = fake.pkgs // {
    runCommand =
      name: _: _:
      if name == "projects" then ./projects.txt else ./lock.toml;
  };
  dots = scope.pythonWith { inherit pkgs; };
  made = scope.pythonWith {
    inherit pkgs;
    make = args: { asked = args.requirements; };
  };
in
{
  theProjectsOfTheDatabase = {
    expr = builtins.attrNames dots;
    expected = [
      "a"
      "pyyaml"
    ];
  };
  anEnvironment = {
    expr = [
      dots.a.name
      dots.a.pyyaml.name
    ];
    expected = [
      "python3-3.12.4-env"
      "python3-3.12.4-env"
    ];
  };
  whatIsAskedFor = {
    expr = made.a.pyyaml.asked;
    expected = [
      "a"
      "pyyaml"
    ];
  };
}
