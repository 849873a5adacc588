{ scope, fake }:
let
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
}
