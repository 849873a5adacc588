{ scope, fake }:
let
  inherit (fake) pkgs;
  names =
    args:
    map (package: package.name)
      (scope.factsFor (scope.arguments ({ inherit pkgs; } // args))).packages;
  inherit (import ./project.nix { inherit scope fake; }) package;
in
{
  requirementsOfSources = {
    expr = names {
      packagesExtra = [
        {
          src = ./project;
          requirements = "markupsafe";
        }
        {
          src = ./project;
          requirementsExtra = "PyYAML";
        }
      ];
    };
    expected = [
      "markupsafe"
      "pyyaml"
    ];
  };
  # What it needs would be known only when it is there, but for what is said beside it.
  requirementsOfASourceThatIsBuilt = {
    expr = names {
      packagesExtra = [
        {
          src = fake.drv {
            name = "source";
            outputHash = "sha256-";
          };
          pname = "built";
          version = "1.0";
          requirementsExtra = "PyYAML";
        }
      ];
    };
    expected = [ "pyyaml" ];
  };
  # It brings its overlays along.
  requirementsOfAPackageThatIsBuilt = {
    expr = names {
      packagesExtra = [
        (package {
          overridesPre = [
            (_: _: {
              a = fake.drv {
                pname = "a";
                version = "1";
              };
            })
          ];
        })
      ];
    };
    expected = [ "a" ];
  };
  ofALockAlone = {
    expr = names { lock = ./lock.toml; };
    expected = [ ];
  };
}
