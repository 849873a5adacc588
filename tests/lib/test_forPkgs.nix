{ scope, fake }:
let
  mach = scope.forPkgs fake.pkgs;
in
{
  fillsInNixpkgs = {
    expr = (mach.mkPython { lock = ./lock.toml; }).name;
    expected = "python3-3.12.4-env";
  };
  takesAnother = {
    expr =
      (mach.mkPython {
        pkgs = fake.pkgsFor "aarch64-darwin";
        lock = ./systems.toml;
      }).pkgs ? appnope;
    expected = true;
  };
  allFunctionsAreThere = {
    expr = builtins.filter (name: !(mach ? ${name})) (builtins.attrNames scope.api);
    expected = [ ];
  };
}
