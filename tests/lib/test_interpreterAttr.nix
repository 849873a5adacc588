{ scope, ... }:
{
  names = {
    expr = map scope.interpreterAttr [
      "python312"
      "3.12"
      "pypy310"
    ];
    expected = [
      "python312"
      "python312"
      "pypy310"
    ];
  };
}
