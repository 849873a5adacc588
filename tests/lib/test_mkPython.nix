{ scope, fake }:
let
  env = scope.mkPython {
    inherit (fake) pkgs;
    lock = ./lock.toml;
  };
  names = map (package: package.name);

  # The environment of a lock for two systems.
  on =
    system: changes:
    scope.mkPython (
      {
        pkgs = fake.pkgsFor system;
        lock = ./systems.toml;
        filesUrl = "https://index.example";
      }
      // changes
    );
  linux = on "x86_64-linux";
  darwin = on "aarch64-darwin";
  sources = env: [
    env.pkgs.numpy.src.url
    env.pkgs.native.src.src.url
    (names (builtins.filter (input: input ? src) env.pkgs.native.src.nativeBuildInputs))
  ];
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
  eachSystemHasItsOwn = {
    expr = [
      (names (linux { }).packages)
      (names (darwin { }).packages)
    ];
    expected = [
      [
        "beside-1.0"
        "native-1.0"
        "numpy-2.3.0"
        "PyYAML-6.0.2"
        "tox-4.0.0"
      ]
      [
        "appnope-0.1.4"
        "beside-1.0"
        "native-2.0"
        "numpy-2.3.0"
        "PyYAML-6.0.2"
        "tox-4.0.0"
      ]
    ];
  };
  eachSystemHasItsFiles = {
    expr = [
      (sources (linux { }))
      (sources (darwin { }))
    ];
    expected = [
      [
        "https://index.example/packages/numpy-linux.whl"
        "https://index.example/packages/native-1.0.tar.gz"
        [ "backend-1" ]
      ]
      [
        "https://index.example/numpy-2.3.0-cp312-cp312-macosx_14_0_arm64.whl"
        "https://index.example/packages/native-2.0.tar.gz"
        [ "backend-1" ]
      ]
    ];
  };
  buildPackagesAreTheSystems = {
    expr =
      map
        (
          env:
          map (input: [
            input.src.url
            (map (dependency: dependency.src.name) input.propagatedBuildInputs)
          ]) (builtins.filter (input: input ? src) env.pkgs.native.src.nativeBuildInputs)
        )
        [
          (linux { })
          (darwin { })
        ];
    expected = [
      [
        [
          "https://index.example/backend-1-py3-none-any.whl"
          [ "tool-2-py3-none-manylinux_2_17_x86_64.whl" ]
        ]
      ]
      [
        [
          "https://index.example/backend-1-py3-none-macosx_11_0_arm64.whl"
          [ ]
        ]
      ]
    ];
  };
  # Of what depends on pytest, all see it if it is there and none if it is not.
  extrasAndGroups = {
    expr = map (env: names env.pkgs.numpy.propagatedBuildInputs) [
      (linux { })
      (linux { extras = [ "docs" ]; })
      (linux { groups = [ "test" ]; })
    ];
    expected = [
      [ ]
      [ "pytest-9.0.0" ]
      [ "pytest-9.0.0" ]
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
