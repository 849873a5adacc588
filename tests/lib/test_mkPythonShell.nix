{ scope, fake }:
let
  shell = scope.mkPythonShell {
    inherit (fake) pkgs;
    lock = ./lock.toml;
    packages = [ (fake.drv { name = "ruff"; }) ];
    shellHook = "echo hello";
  };
in
{
  theEnvironmentAndMore = {
    expr = map (package: package.name) shell.packages;
    expected = [
      "python3-3.12.4-env"
      "ruff"
    ];
  };
  hookAndName = {
    expr = [
      shell.shellHook
      shell.name
    ];
    expected = [
      "echo hello"
      "python-shell"
    ];
  };
  env = {
    expr = shell.env.python.pkgs.a.name;
    expected = "a-1.0";
  };
  argumentsAreChecked = {
    expr = fake.stops (scope.mkPythonShell {
      inherit (fake) pkgs;
      lock = ./lock.toml;
      shellhook = "";
    });
    expected = true;
  };
}
