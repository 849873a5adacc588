{ scope, fake }:
let
  only =
    scope.onlyArguments
      {
        function = "fetch";
        call = "fetch { pname = \"six\"; }";
        required = [ "pname" ];
      }
      {
        inherit (scope.argumentTable) pkgs;
        pname = {
          type = "text";
          is = builtins.isString;
          line = "pname = \"six\";";
          called = [ "name" ];
        };
      };
in
{
  taken = {
    expr = only { pname = "six"; };
    expected.pname = "six";
  };
  refused = {
    expr = map (args: fake.stops (only args)) [
      { }
      { name = "six"; }
      {
        pname = "six";
        color = "red";
      }
      { pname = 6; }
    ];
    expected = [
      true
      true
      true
      true
    ];
  };
}
