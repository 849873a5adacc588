{ scope, fake }:
{
  withItsHash = {
    expr =
      (scope.fetchPypiWheel {
        inherit (fake) pkgs;
        pname = "six";
        version = "1.17.0";
        python = "py2.py3";
        hash = "sha256-";
      }).pypi;
    expected = {
      format = "wheel";
      pname = "six";
      version = "1.17.0";
      hash = "sha256-";
      python = "py2.py3";
      dist = "py2.py3";
    };
  };
  # As mach-nix has it, which wants the name of the file too.
  oneAfterTheOther = {
    expr =
      builtins.isFunction ((scope.forPkgs fake.pkgs).fetchPypiWheel "six" "1.17.0");
    expected = true;
  };
}
