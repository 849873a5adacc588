{ scope, fake }:
{
  theSetHasThePackages = {
    expr =
      (scope.mkNixpkgs {
        inherit (fake) pkgs;
        lock = ./lock.toml;
      }).python3Packages.a.name;
    expected = "a-1.0";
  };
}
