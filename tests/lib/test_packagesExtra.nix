{ scope, fake }:
let
  inherit (fake) pkgs;
  sort = scope.packagesExtra {
    inherit pkgs;
    python = pkgs.python3;
  };
  tool = fake.drv { name = "tool-1"; };
  fetched = fake.drv {
    name = "source";
    outputHash = "sha256-";
  };
  built = (import ./project.nix { inherit scope fake; }).package { };
  sorted = sort [
    ./project
    {
      src = ./project;
      pname = "again";
    }
    tool
    built
  ];
in
{
  byKind = {
    expr = [
      (map (project: project.name) sorted.projects)
      (map (package: package.name) sorted.built)
      (map (package: package.name) sorted.others)
    ];
    expected = [
      [
        "my-project"
        "again"
      ]
      [ "My.Project-1.5" ]
      [ "tool-1" ]
    ];
  };
  requirementsOfAProjectAreOfTheEnvironment = {
    expr =
      map (project: project.more)
        (sort [
          {
            src = ./project;
            requirements = "b";
          }
          ./project
        ]).projects;
    expected = [
      "b\n"
      ""
    ];
  };
  whatIsFetchedIsASource = {
    expr = (sort [ fetched ]).others;
    expected = [ ];
  };
  modulesOfNixpkgsAreRefused = {
    expr = fake.stops (sort [ (pkgs.python3.pkgs.buildPythonPackage { pname = "a"; version = "1"; }) ]).built;
    expected = true;
  };
  thoseOfAnotherPythonAreRefused = {
    expr = fake.stops (
      (scope.packagesExtra {
        inherit pkgs;
        python = fake.drv {
          name = "python3-3.13.0";
          version = "3.13.0";
        };
      } [ built ]).built
    );
    expected = true;
  };
}
