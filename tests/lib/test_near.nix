{ scope, ... }:
let
  names = [
    "lock"
    "lockHash"
    "providers"
    "requirements"
  ];
  near = name: scope.near name names;
in
{
  oneLetter = {
    expr = map near [
      "requirments"
      "Requirements"
      "lockhash"
      "lok"
    ];
    expected = [
      "requirements"
      "requirements"
      "lockHash"
      "lock"
    ];
  };
  twoLetters = {
    expr = near "provdiers";
    expected = "providers";
  };
  nothingIsNear = {
    expr = map near [
      "condaChannels"
      "db"
    ];
    expected = [
      null
      null
    ];
  };
}
