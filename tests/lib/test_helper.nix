{ scope, fake }:
let
  made = scope.helper { inherit (fake) pkgs; };
in
{
  isStatic = {
    expr = made.env.CGO_ENABLED;
    expected = 0;
  };
  isCalledMach = {
    expr = made.meta.mainProgram;
    expected = "mach";
  };
}
