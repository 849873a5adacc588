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
    expected = "-r requirements.txt ./project";
  };
  projectsAlone = {
    expr = asked {
      requirements = "";
      packagesExtra = [ ./project ];
    };
    expected = "./project";
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
    expected = "-r requirements.txt --build-of My.Project=./project";
  };
  # Copied to the store by itself, a directory has lost its name.
  aProjectInTheStore = {
    expr = asked { packagesExtra = [ "${./project}" ]; };
    expected = "-r requirements.txt ./My.Project";
  };
}
