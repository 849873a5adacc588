{ scope, fake }:
let
  known = scope.knownArguments { where = "the arguments of a test"; };
in
{
  asTheyAre = {
    expr = known {
      requirements = "flask";
      lock = null;
    };
    expected = {
      requirements = "flask";
      lock = null;
    };
  };
  mistakes = {
    expr = map (args: fake.stops (known args)) [
      { requirments = "flask"; }
      { requirements = 1; }
    ];
    expected = [
      true
      true
    ];
  };
}
