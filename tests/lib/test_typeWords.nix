{ scope, ... }:
{
  everyTypeHasOne = {
    expr = map (value: scope.typeWords.${builtins.typeOf value}) [
      true
      1.5
      1
      (x: x)
      [ ]
      null
      ./.
      { }
      ""
    ];
    expected = [
      "true or false"
      "a number"
      "a number"
      "a function"
      "a list"
      "null"
      "a path"
      "a set"
      "text"
    ];
  };
}
