{ scope, fake }:
let
  sourceOf = scope.projectSource fake.pkgs;
  own = sourceOf ./project;
  files = directory: builtins.attrNames (builtins.readDir directory);
  stored = builtins.path {
    path = ./project;
    name = "stored";
  };
  isPathOf = name: path: builtins.match ".*-${name}" path != null;
in
{
  ofAPath = {
    expr = [
      (isPathOf "source" own.src)
      own.tree
      (files own.metadata)
      (files (own.metadata + "/requirements"))
    ];
    expected = [
      true
      ./project
      [
        "pyproject.toml"
        "requirements"
      ]
      [ "base.txt" ]
    ];
  };
  # It is in the store already, so that it can be read.
  ofTheStore = {
    expr = [
      (sourceOf stored).src
      (sourceOf { outPath = stored; }).tree
      ((sourceOf stored).metadata == own.metadata)
    ];
    expected = [
      stored
      stored
      true
    ];
  };
  # It would have to be built to be read.
  ofADerivation =
    let
      drv = derivation {
        name = "archive";
        system = "none";
        builder = "none";
      };
    in
    {
      expr = [
        (sourceOf drv).tree
        (sourceOf drv).metadata.name
        ((sourceOf drv).src == drv)
      ];
      expected = [
        null
        "project"
        true
      ];
    };
  ofNothing = {
    expr = fake.stops (sourceOf [ ]);
    expected = true;
  };
}
