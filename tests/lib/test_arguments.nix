{ scope, fake }:
let
  inherit (fake) pkgs;
in
{
  pythonIsFilledIn = {
    expr =
      (scope.arguments {
        inherit pkgs;
        requirements = "";
      }).python.version;
    expected = "3.12.4";
  };
  pkgsAreNeeded = {
    expr = fake.stops (scope.arguments { requirements = ""; }).pkgs;
    expected = true;
  };
  requirementsOrALockAreNeeded = {
    expr = fake.stops (scope.arguments { inherit pkgs; }).pkgs;
    expected = true;
  };
  aLockNeedsNoHash = {
    expr =
      fake.stops
        (scope.arguments {
          inherit pkgs;
          lock = ./lock.toml;
          lockHash = "";
        }).pkgs;
    expected = true;
  };
}
