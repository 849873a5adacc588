{ scope, fake }:
{
  isAnOverlay = {
    expr =
      (fake.pkgs.python3.override (_: {
        packageOverrides = scope.mkPythonOverrides {
          inherit (fake) pkgs;
          lock = ./lock.toml;
        };
      })).pkgs.a.name;
    expected = "a-1.0";
  };
}
