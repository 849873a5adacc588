{ scope, ... }:
let
  inherit (builtins)
    attrNames
    filter
    ;
  table = scope.legacyTable;
in
{
  # Each row says one of three things.
  rows = {
    expr = filter (
      name:
      let
        row = table.${name};
      in
      builtins.length (filter (key: row ? ${key}) [ "to" "why" "isMore" ]) != 1
    ) (attrNames table);
    expected = [ ];
  };
  newNamesAreArguments = {
    expr = filter (name: table.${name} ? to && !(scope.argumentTable ? ${table.${name}.to})) (attrNames table);
    expected = [ ];
  };
  oldNamesAreNone = {
    expr = filter (name: scope.argumentTable ? ${name}) (attrNames table);
    expected = [ ];
  };
}
