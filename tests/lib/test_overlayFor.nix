{ scope, fake }:
let
  fixture = import ./project.nix { inherit scope fake; };

  # The set of an environment with a package that was built with overlays of its own.
  says = word: _self: super: { said = super.said or [ ] ++ [ word ]; };
  with' =
    given: package:
    (fake.pkgs.python3.override (_: {
      packageOverrides = scope.overlayFor {
        inherit (fixture) attrs lock;
        arguments = scope.arguments (
          {
            inherit (fake) pkgs;
            lock = ./project/pylock.toml;
            packagesExtra = [ package ];
          }
          // given
        );
      };
    })).pkgs;

  locked = import ./locked.nix { inherit scope fake; };
  set =
    (fake.pkgs.python3.override (_: {
      packageOverrides = scope.overlayFor {
        inherit (locked) attrs lock;
        arguments = scope.arguments {
          inherit (fake) pkgs;
          lock = ./lock.toml;
          filesUrl = "https://index.example";
          overridesPre = [
            (_: _: {
              a = "before";
              pyyaml = fake.drv { name = "mine"; };
            })
          ];
          overridesPost = [
            (_: super: { a = super.a // { name = "${super.a.name}-changed"; }; })
          ];
        };
      };
    })).pkgs;
in
{
  afterwardsSeesThePackages = {
    expr = set.a.name;
    expected = "a-1.0-changed";
  };
  beforehandIsWhatNixpkgsOffers = {
    expr = set.pyyaml.name;
    expected = "mine";
  };
  overlaysOfPackagesComeAlong = {
    expr =
      (with'
        {
          overridesPre = [ (says "environment, before") ];
          overridesPost = [ (says "environment, after") ];
        }
        (
          fixture.package {
            overridesPre = [ (says "package, before") ];
            overridesPost = [ (says "package, after") ];
          }
        )
      ).said;
    expected = [
      "environment, before"
      "package, before"
      "package, after"
      "environment, after"
    ];
  };
  # Of what the environment does not have nothing is said.
  simplifiedOverridesOfPackagesComeAlong = {
    expr =
      (with' { _.a.postInstall.add = "environment"; } (
        fixture.package { }
        // {
          _ = {
            a.postInstall = "package";
            not-here.postInstall = "";
          };
        }
      )).a.postInstall;
    expected = "package\nenvironment";
  };
}
