{ scope, fake }:
let
  entry = name: provider: {
    inherit name;
    tool.mach.provider = provider;
  };
  of =
    tests:
    scope.tested {
      inherit tests;
      entries = [
        (entry "built" "sdist")
        (entry "tagged" "tag")
        (entry "wheel" "wheel")
        (entry "nix" "nixpkgs")
      ];
      others = [ "mine" ];
    };
  is = tests: map (name: (of tests name).isTested) [
    "built"
    "mine"
  ];
in
{
  isTested = {
    expr = map is [
      false
      true
      [ "Built" ]
      [ "mine" ]
      [ ]
    ];
    expected = [
      [
        false
        false
      ]
      [
        true
        true
      ]
      [
        true
        false
      ]
      [
        false
        true
      ]
      [
        false
        false
      ]
    ];
  };
  # Who names a package wants tests of it; of all, many have none.
  mustHave = {
    expr = [
      (of [ "built" ] "built").mustHave
      (of true "built").mustHave
    ];
    expected = [
      true
      false
    ];
  };
  fromATag = {
    expr = (of [ "tagged" ] "tagged").isTested;
    expected = true;
  };
  mistakes = {
    expr = map (tests: fake.stops (of tests "built")) [
      [ "wheel" ]
      [ "nix" ]
      [ "unheard-of" ]
    ];
    expected = [
      true
      true
      true
    ];
  };
}
