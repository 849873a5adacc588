{ scope, ... }:
{
  textAndLists = {
    expr = scope.providers {
      _default = "wheel, nixpkgs";
      NumPy = [ "sdist" ];
    };
    expected = [
      "--providers"
      "wheel,nixpkgs"
      "--provider"
      "numpy=sdist"
    ];
  };
  none = {
    expr = scope.providers { };
    expected = [ ];
  };
}
