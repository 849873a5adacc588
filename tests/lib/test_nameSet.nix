{ scope, ... }:
{
  eachNameOnce = {
    expr = scope.nameSet [
      "b"
      "a"
      "b"
    ];
    expected = {
      a = null;
      b = null;
    };
  };
  noName = {
    expr = scope.nameSet [ ];
    expected = { };
  };
}
