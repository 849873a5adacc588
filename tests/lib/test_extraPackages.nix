{ scope, fake }:
let
  inherit (fake) pkgs;
  fixture = import ./project.nix { inherit scope fake; };
  extraOf =
    packagesExtra:
    scope.extraPackages {
      inherit (fixture)
        attrs
        lock
        relock
        where
        ;
      arguments = scope.arguments {
        inherit pkgs packagesExtra;
        lock = ./project/pylock.toml;
      };
    };
  self.a = "the environment's a";
  own = (extraOf [ ./project ]).overlay self { };
  again = (extraOf [ (fixture.package { }) ]).overlay self { };
in
{
  attributes = {
    expr = (extraOf [ ./project ]).attrs;
    expected.my-project = "my-project";
  };
  aSourceHasTheDependenciesOfTheSet = {
    expr = own.my-project.propagatedBuildInputs;
    expected = [ self.a ];
  };
  aPackageThatWasBuiltBeforeHasToo = {
    expr = again.my-project.propagatedBuildInputs;
    expected = [ self.a ];
  };
  whatTheLockLacksIsSaid = {
    expr = fake.stops ((extraOf [ (fixture.package { passthru.requirements = "nowhere"; }) ]).overlay self { })
      .my-project.propagatedBuildInputs;
    expected = true;
  };
}
