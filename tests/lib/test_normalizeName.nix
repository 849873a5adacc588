{ scope, ... }:
{
  runsOfSeparatorsAreOneDash = {
    expr = scope.normalizeName "Ruamel__Yaml.-clib";
    expected = "ruamel-yaml-clib";
  };
  normalNamesStay = {
    expr = scope.normalizeName "flask2-x";
    expected = "flask2-x";
  };
}
