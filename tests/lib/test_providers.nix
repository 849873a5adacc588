{ scope, fake }:
{
  textAndLists = {
    expr = scope.providers {
      _default = "wheel, nixpkgs";
      NumPy = [ "sdist" ];
    };
    expected = [
      "--provider"
      "numpy=sdist"
      "--providers"
      "wheel,nixpkgs"
    ];
  };
  none = {
    expr = scope.providers { };
    expected = [ ];
  };
  unknown = {
    expr = fake.stops (scope.providers { numpy = "conda-forge"; });
    expected = true;
  };
}
