{ scope, fake }:
let
  program = scope.buildPythonApplication {
    inherit (fake) pkgs;
    src = ./project;
    makeWrapperArgs = [ "--set A b" ];
  };
in
{
  itIsNoModule = {
    expr = [
      program.name
      (program ? pythonModule)
      program.makeWrapperArgs
    ];
    expected = [
      "My.Project-1.5"
      false
      [ "--set A b" ]
    ];
  };
}
