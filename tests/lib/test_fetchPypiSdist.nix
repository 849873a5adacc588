{ scope, fake }:
{
  withItsHash = {
    expr =
      (scope.fetchPypiSdist {
        inherit (fake) pkgs;
        pname = "six";
        version = "1.17.0";
        hash = "sha256-";
        extension = "zip";
      }).pypi;
    expected = {
      pname = "six";
      version = "1.17.0";
      hash = "sha256-";
      extension = "zip";
    };
  };
  oneAfterTheOther = {
    expr = builtins.isFunction ((scope.forPkgs fake.pkgs).fetchPypiSdist "six");
    expected = true;
  };
}
