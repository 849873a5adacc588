{ scope, ... }:
let
  change =
    old: value:
    scope.changedAttribute {
      title = "_.x.patches";
      key = "patches";
      self.ruff = "ruff";
      inherit old value;
    };
in
{
  replacedAddedAndModified = {
    expr = map (change { patches = [ 1 ]; }) [
      [ 2 ]
      { add = [ 2 ]; }
      { mod = old: old ++ [ 3 ]; }
      {
        mod =
          self: old: patches:
          patches ++ old.patches ++ [ self.ruff ];
      }
    ];
    expected = [
      [ 2 ]
      [
        1
        2
      ]
      [
        1
        3
      ]
      [
        1
        1
        "ruff"
      ]
    ];
  };
  whatWasNotThere = {
    expr = change { } { add = [ 2 ]; };
    expected = [ 2 ];
  };
}
