{ scope, fake }:
let
  env = scope.mkPython {
    inherit (fake) pkgs;
    lock = ./lock.toml;
  };
  names = map (package: package.name);
in
{
  allPackagesOfTheLock = {
    expr = names env.packages;
    expected = [
      "a-1.0"
      "b-2.0"
      "opencv-python-4.11.0"
      "PyYAML-6.0.2"
    ];
  };
  theInterpreterHasThePackages = {
    expr = [
      env.python.pkgs.a.name
      env.python.pkgs.python.pkgs.a.name
      env.pkgs.a.name
    ];
    expected = [
      "a-1.0"
      "a-1.0"
      "a-1.0"
    ];
  };
  theLockIsToBeHad = {
    expr = env.lock;
    expected = ./lock.toml;
  };
  # What the caller's own interpreter has overridden is kept.
  theInterpretersOverridesAreKept = {
    expr =
      (scope.mkPython {
        inherit (fake) pkgs;
        lock = ./lock.toml;
        python = fake.pkgs.python3.override (_: {
          packageOverrides = _: _: { mine = "mine"; };
        });
      }).pkgs.mine;
    expected = "mine";
  };
  override = {
    expr =
      (env.override {
        overridesPost = [ (_: _: { a = fake.drv { name = "other"; }; }) ];
      }).pkgs.a.name;
    expected = "other";
  };
  withoutPkgs = {
    expr = fake.stops (scope.mkPython { lock = ./lock.toml; }).name;
    expected = true;
  };
}
