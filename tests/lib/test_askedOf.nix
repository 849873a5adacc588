{ scope, fake }:
let
  asked =
    changes:
    scope.askedOf (
      scope.arguments (
        {
          inherit (fake) pkgs;
          requirements = "flask";
        }
        // changes
      )
    );
in
{
  withoutProjects = {
    expr = asked { };
    expected = null;
  };
  withAProject = {
    expr = asked { packagesExtra = [ ./project ]; };
    expected = "-r requirements.txt ./My.Project";
  };
  projectsAlone = {
    expr = asked {
      requirements = "";
      packagesExtra = [ ./project ];
    };
    expected = "./My.Project";
  };
  aProjectWithRequirements = {
    expr = asked {
      requirements = "";
      packagesExtra = [
        {
          src = ./project;
          requirements = "a";
        }
      ];
    };
    expected = "-r requirements.txt --build-of My.Project=./My.Project";
  };
}
