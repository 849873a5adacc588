{ scope, fake }:
let
  asked =
    changes:
    scope.askedOf (
      scope.arguments (
        {
          inherit (fake) pkgs;
          requirements = ./requirements/app.txt;
        }
        // changes
      )
    );
  file = "-r ${(scope.userPath ./requirements/app.txt).shell}";
  directory = (scope.userPath ./project).shell;
in
{
  nothing = {
    expr = asked {
      requirements = null;
      lock = ./lock.toml;
    };
    expected = null;
  };
  aFile = {
    expr = asked { };
    expected = file;
  };
  # There is no file.
  text = {
    expr = asked {
      requirements = ''
        flask
        numpy>=2; python_version >= '3.9'
      '';
    };
    expected = "flask 'numpy>=2; python_version >= \"3.9\"'";
  };
  # One that people have written into a file, since it would not fit on a line, or has what only a file can have.
  longText =
    let
      said = requirements: asked { inherit requirements; };
    in
    {
      expr = map said [
        [
          "a"
          "b"
          "c"
          "d"
          "e"
        ]
        "a # why"
        "a==1 \\\n  --hash=sha256:00"
        "--pre\na"
      ];
      expected = builtins.genList (_: "-r requirements.txt") 4;
    };
  withAProject = {
    expr = asked { packagesExtra = [ ./project ]; };
    expected = "${file} ${directory}";
  };
  projectsAlone = {
    expr = asked {
      requirements = "";
      packagesExtra = [ ./project ];
    };
    expected = directory;
  };
  aProjectWithRequirements = {
    expr = map
      (
        requirements:
        asked {
          requirements = "";
          packagesExtra = [
            {
              src = ./project;
              inherit requirements;
            }
          ];
        }
      )
      [
        "a"
        ./requirements/app.txt
      ];
    expected = [
      "-r requirements.txt --build-of My.Project=${directory}"
      "${file} --build-of My.Project=${directory}"
    ];
  };
  # Copied to the store by itself, a directory has lost its name.
  aProjectInTheStore = {
    expr = asked { packagesExtra = [ "${./project}" ]; };
    expected = "${file} ./My.Project";
  };
}
