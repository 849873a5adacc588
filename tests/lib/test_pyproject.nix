{ scope, ... }:
{
  itself = {
    expr = scope.pyproject ./project;
    expected = {
      isStatic = true;
      name = "My.Project";
      version = "1.5";
      dependencies = [ "a>=1" ];
      named = [
        "a>=1"
        "sphinx"
        "pytest"
      ];
    };
  };
  ofPoetry = {
    expr = scope.pyproject ./pyprojects/poetry;
    expected = {
      isStatic = false;
      name = "poetical";
      version = "2.0";
      dependencies = null;
      named = [ "flask" ];
    };
  };
  dynamic = {
    expr = scope.pyproject ./pyprojects/dynamic;
    expected = {
      isStatic = false;
      name = "dynamic";
      version = null;
      dependencies = null;
      named = [ ];
    };
  };
  ofSetupCfgTheName = {
    expr = (scope.pyproject ./pyprojects/setupcfg).name;
    expected = "Counts";
  };
  none = {
    expr = map scope.pyproject [
      ./errors
      null
    ];
    expected = [
      {
        isStatic = false;
        name = null;
        version = null;
        dependencies = null;
        named = [ ];
      }
      {
        isStatic = false;
        name = null;
        version = null;
        dependencies = null;
        named = [ ];
      }
    ];
  };
}
