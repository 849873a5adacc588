{ scope, fake }:
let
  inherit (fake) pkgs;
  set = pkgs.python3.pkgs;
  module = args: fake.drv (args // { pythonModule = true; });
  pytest = module {
    pname = "pytest";
    version = "9.0.0";
    propagatedBuildInputs = [ pluggy ];
  };
  pluggy = module {
    pname = "pluggy";
    version = "1.6.0";
    propagatedBuildInputs = [ (throw "not for this Python") ];
  };
  phase =
    more: name:
    scope.testPhase {
      inherit pkgs;
      set = set // more;
    } { inherit name; mustHave = true; } (fake.drv { name = "source"; });
  withPytest = phase { inherit pytest; };
  inputs = made: map (input: input.name) made.nativeCheckInputs;
  contains = part: made: builtins.length (builtins.split part made.checkPhase) > 1;
in
{
  byPytest = {
    expr = [
      (inputs (withPytest "foo"))
      (contains "python -m pytest" (withPytest "foo"))
      (contains "unittest" (withPytest "foo"))
    ];
    expected = [
      [ "pytest-9.0.0" ]
      true
      false
    ];
  };
  byUnittest = {
    expr = map (made: [
      (inputs made)
      (contains "python -m unittest" made)
    ]) [
      (phase { } "foo")
      (phase { pytest = null; } "foo")
      (phase { pytest = throw "not for this Python"; } "foo")
    ];
    expected = [
      [
        [ ]
        true
      ]
      [
        [ ]
        true
      ]
      [
        [ ]
        true
      ]
    ];
  };
  # Else nothing would come to an end.
  whatPytestNeeds = {
    expr = map (name: inputs (withPytest name)) [
      "pytest"
      "pluggy"
    ];
    expected = [
      [ ]
      [ ]
    ];
  };
}
