{ scope, fake }:
let
  shared = scope.buildPackages {
    inherit (fake) pkgs;
    python = fake.pkgs.python3;
    inherit (import ./locked.nix { inherit scope fake; }) lock;
    filesUrl = "https://index.example";
    directory = ./.;
  };
in
{
  byTheirIds = {
    expr = map (package: package.name) (shared.builds [ "flit-core==3.12.0" ]);
    expected = [ "flit-core-3.12.0" ];
  };
  unknownOne = {
    expr = fake.stops (shared.builds [ "flit-core==2" ]);
    expected = true;
  };
}
