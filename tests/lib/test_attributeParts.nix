{ scope, ... }:
let
  inherit (builtins) elem filter;
  inherit (scope.attributeParts) ofSource ofBuild ofInstall;
in
{
  # What is in two lists reaches neither step; that is meant for what mach says itself.
  inOneList = {
    expr = filter (name: elem name ofInstall) (ofSource ++ ofBuild);
    expected = [
      "format"
      "pyproject"
    ];
  };
}
