{ scope, ... }:
{
  path = {
    expr = scope.directoryName ./fixes;
    expected = "fixes";
  };
  inTheStore = {
    expr = scope.directoryName (
      builtins.path {
        path = ./fixes;
        name = "my-overrides";
      }
    );
    expected = "my-overrides";
  };
}
