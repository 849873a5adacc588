{ scope, fake }:
let
  interpreter =
    python:
    scope.interpreter {
      inherit (fake) pkgs;
      inherit python;
    };
in
{
  byAttribute = {
    expr = (interpreter "python312").version;
    expected = "3.12.4";
  };
  byVersion = {
    expr = (interpreter "3.12").version;
    expected = "3.12.4";
  };
  byItself = {
    expr = (interpreter fake.pkgs.python3).version;
    expected = "3.12.4";
  };
  unknown = {
    expr = fake.stops (interpreter "python4");
    expected = true;
  };
  noInterpreter = {
    expr = fake.stops (interpreter fake.pkgs.unzip);
    expected = true;
  };
}
