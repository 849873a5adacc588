{ scope, ... }:
{
  each = {
    expr = {
      inherit (scope.attributeTypes)
        build-system
        doCheck
        env
        postInstall
        src
        ;
    };
    expected = {
      build-system = "list";
      doCheck = "bool";
      env = "set";
      postInstall = "string";
      src = "any";
    };
  };
}
