{ scope, ... }:
{
  oneWordIsAnOperation = {
    expr = map scope.attributeOperation [
      { add = [ ]; }
      { mod = old: old; }
    ];
    expected = [
      "add"
      "mod"
    ];
  };
  allElseReplaces = {
    expr = map scope.attributeOperation [
      "add"
      { }
      { CFLAGS = "-O2"; }
      {
        add = [ ];
        mod = old: old;
      }
    ];
    expected = [
      "replace"
      "replace"
      "replace"
      "replace"
    ];
  };
}
