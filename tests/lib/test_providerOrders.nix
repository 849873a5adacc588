{ scope, fake }:
let
  inherit (scope) providerOrders;
in
{
  textAndLists = {
    expr = providerOrders {
      _default = "wheel, nixpkgs";
      NumPy = [ "sdist" ];
    };
    expected = {
      _default = [
        "wheel"
        "nixpkgs"
      ];
      numpy = [ "sdist" ];
    };
  };
  repositories = {
    expr = providerOrders {
      mine = "github:owner/mine, wheel";
      ours = [ "git+ssh://git@git.example/owner/ours" ];
    };
    expected = {
      mine = [
        "github:owner/mine"
        "wheel"
      ];
      ours = [ "git+ssh://git@git.example/owner/ours" ];
    };
  };
  unknown = {
    expr = fake.stops (providerOrders { numpy = "conda-forge"; });
    expected = true;
  };
  ofAnotherType = {
    expr = fake.stops (providerOrders { numpy = true; });
    expected = true;
  };
  twice = {
    expr = map (value: fake.stops (providerOrders value)) [
      { numpy = "sdist,sdist"; }
      {
        NumPy = "sdist";
        numpy = "wheel";
      }
    ];
    expected = [
      true
      true
    ];
  };
}
