{ scope, ... }:
{
  aValue = {
    expr = scope.attempt 1 2;
    expected = 2;
  };
  whatThrows = {
    expr = scope.attempt 1 (throw "refused");
    expected = 1;
  };
}
