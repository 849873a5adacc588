{ scope, fake }:
let
  lockFor =
    changes:
    scope.lockFor (
      scope.arguments (
        {
          inherit (fake) pkgs;
          lock = ./lock.toml;
        }
        // changes
      )
    );
  works = changes: !(fake.stops (lockFor changes).lock);
in
{
  committed = {
    expr = (lockFor { }).file;
    expected = ./lock.toml;
  };
  ofTheseRequirements = {
    expr = works { requirements = "opencv_python\na"; };
    expected = true;
  };
  olderThanTheRequirements = {
    expr = works { requirements = "a\nopencv-python\nnew"; };
    expected = false;
  };
  ofMoreRequirements = {
    expr = works { requirements = "a"; };
    expected = false;
  };
  ofAnotherPython = {
    expr = works { python = fake.pkgs.python3 // { pythonVersion = "3.13"; }; };
    expected = false;
  };
  ofAnotherSystem = {
    expr = works { pkgs = fake.pkgsFor "aarch64-linux"; };
    expected = false;
  };
  ofSeveralSystems = {
    expr =
      map
        (
          system:
          works {
            pkgs = fake.pkgsFor system;
            lock = ./systems.toml;
          }
        )
        [
          "aarch64-darwin"
          "x86_64-linux"
          "aarch64-linux"
        ];
    expected = [
      true
      true
      false
    ];
  };
  # The fixed output is there already, and so is not made again when the requirements change.
  fixedOutputOlderThanTheRequirements = {
    expr = fake.stops (scope.lockFor (
      scope.arguments {
        pkgs = fake.pkgs // {
          runCommand =
            _: _: _:
            ./lock.toml;
        };
        requirements = "a\nopencv-python\nnew";
        lockHash = "sha256-AAAA";
        db = "/store/pypi.xz";
        helper = fake.drv { name = "mach-0"; };
      }
    )).lock;
    expected = true;
  };
  # An overlay before mach's may bring packages that nixpkgs does not have.
  madeOfWhatTheOverlaysBeforeOffer = {
    expr =
      let
        inherit
          (scope.lockFor (
            scope.arguments {
              inherit (fake) pkgs;
              requirements = "mine";
              db = "/store/pypi.xz";
              helper = fake.drv { name = "mach-0"; };
              overridesPre = [
                (_: _: {
                  mine = fake.drv {
                    pname = "mine";
                    version = "1";
                  };
                })
              ];
            }
          ))
          file
          ;
      in
      map (package: package.name) (builtins.fromJSON file.facts).packages;
    expected = [ "mine" ];
  };
  made = {
    expr =
      (scope.lockFor (
        scope.arguments {
          inherit (fake) pkgs;
          requirements = "a";
          db = "/store/pypi.xz";
          helper = fake.drv { name = "mach-0"; };
        }
      )).file.name;
    expected = "pylock.toml";
  };
  # What a project is built with is there without being asked for again.
  extrasOfProjects =
    let
      given = scope.arguments {
        inherit (fake) pkgs;
        lock = ./systems.toml;
      };
      namesWith =
        extras:
        map (entry: entry.name) (scope.lockFor (
          given
          // {
            extra = given.extra // {
              projects = [
                {
                  inherit extras;
                  pname = "my-project";
                  tree = null;
                  given = null;
                  groups = [ ];
                  dependencies = null;
                  more = "";
                }
              ];
            };
          }
        )).lock.packages;
    in
    {
      expr = builtins.length (namesWith [ "docs" ]) > builtins.length (namesWith [ ]);
      expected = true;
    };
}
