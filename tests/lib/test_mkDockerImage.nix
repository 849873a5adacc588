{ scope, fake }:
let
  image =
    more:
    scope.mkDockerImage (
      {
        inherit (fake) pkgs;
        lock = ./lock.toml;
      }
      // more
    );
in
{
  runsTheInterpreter = {
    expr = (image { }).config.Cmd;
    expected = [ "/store/python3-3.12.4-env/bin/python" ];
  };
  runsSomethingElse = {
    expr = map (config: config.Cmd or config.Entrypoint) [
      (image { config.Cmd = [ "flask" ]; }).config
      (image { config.Entrypoint = [ "gunicorn" ]; }).config
    ];
    expected = [
      [ "flask" ]
      [ "gunicorn" ]
    ];
  };
  # Nothing is in it that was not asked for.
  contents = {
    expr = map (package: package.name) (image { contents = [ (fake.drv { name = "busybox"; }) ]; }).contents;
    expected = [
      "python3-3.12.4-env"
      "busybox"
    ];
  };
}
