{ scope, ... }:
{
  file = {
    expr = scope.fileType ./lock.toml;
    expected = "regular";
  };
  directory = {
    expr = scope.fileType (toString ./project);
    expected = "directory";
  };
  nothing = {
    expr = map scope.fileType [
      ./nothing.toml
      ./nowhere/nothing.toml
    ];
    expected = [
      null
      null
    ];
  };
  # Its directory is the whole store.
  ofTheStore = {
    expr = scope.fileType (builtins.toFile "pylock.toml" "");
    expected = "regular";
  };
}
