{ scope, fake }:
let
  present =
    path:
    scope.presentFile {
      argument = "lock";
      line = "lock = ./pylock.toml;";
      inherit path;
    };
in
{
  file = {
    expr = present ./lock.toml;
    expected = ./lock.toml;
  };
  # What is built by a derivation is not built to look at it.
  derivation =
    let
      drv = derivation {
        name = "pylock.toml";
        system = "none";
        builder = "none";
      };
    in
    {
      expr = present drv == drv;
      expected = true;
    };
  directory = {
    expr = fake.stops (present ./project);
    expected = true;
  };
  directoryAsWell = {
    expr = scope.presentFile {
      argument = "src";
      path = ./project;
      line = "src = ./.;";
      directory = null;
    };
    expected = ./project;
  };
  nothing = {
    expr = fake.stops (present ./nothing.toml);
    expected = true;
  };
}
