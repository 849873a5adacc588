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
}
