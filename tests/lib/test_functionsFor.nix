{ scope, fake }:
let
  inherit (fake) pkgs;
  inherit (builtins) attrNames filter;

  # As given, without the warnings.
  quiet = pkgs // {
    lib = pkgs.lib // {
      warn = _: value: value;
    };
  };
  with' = defaults: scope.functionsFor ({ pkgs = quiet; } // defaults);
  lock = ./lock.toml;
in
{
  defaults = {
    expr = ((with' { inherit lock; }).mkPython { }).lock;
    expected = lock;
  };
  argumentsWin = {
    expr = map (env: env.python.pkgs.mine) [
      ((with' { overridesPost = [ (_: _: { mine = "default"; }) ]; }).mkPython { inherit lock; })
      ((with' { overridesPost = [ (_: _: { mine = "default"; }) ]; }).mkPython {
        inherit lock;
        overridesPost = [ (_: _: { mine = "argument"; }) ];
      })
      # So they do if they are called as in mach-nix.
      ((with' { overrides_post = [ (_: _: { mine = "default"; }) ]; }).mkPython {
        inherit lock;
        overrides_post = [ (_: _: { mine = "argument"; }) ];
      })
    ];
    expected = [
      "default"
      "argument"
      "argument"
    ];
  };
  # The line that stands in most repositories that use mach-nix.
  theImportOfMachNix = {
    expr =
      ((with' {
        python = "python312";
        pypiDataRev = "0123";
        pypiDataSha256 = "4567";
        pypiData = ./project;
        dataOutdated = false;
        condaChannelsExtra = { };
        condaDataRev = "0123";
        condaDataSha256 = "4567";
      }).mkPython
        { inherit lock; }
      ).name;
    expected = "python3-3.12.4-env";
  };
  # A default that is of an environment does not go to nixpkgs' function.
  packages = {
    expr =
      let
        package =
          (with' {
            inherit lock;
            ignoreCollisions = true;
            postBuild = "exit 1";
            packagesExtra = [ ./project ];
            tests = false;
          }).buildPythonPackage
            ./project;
      in
      [
        package.lock
        (package ? ignoreCollisions)
        (package.wheel ? postBuild)
      ];
    expected = [
      ./project/pylock.toml
      false
      false
    ];
  };
  # Of a file with its hash `python` would be a tag.
  files = {
    expr =
      ((with' { python = "python312"; }).fetchPypiWheel {
        pname = "six";
        version = "1.17.0";
        hash = "sha256-";
      }).pypi.python;
    expected = "py3";
  };
  allFunctionsTakeThem = {
    expr =
      let
        mach = with' {
          filesUrl = "https://index.example";
          providers = { };
          python = "python312";
        };
      in
      [
        (mach.environment { }).markers.python_version
        (mach.facts { }).python
        (mach.helper { }).name
        (mach.mkPythonShell { inherit lock; }).name
        (mach.mkDockerImage { inherit lock; }).name
        (mach.mkNixpkgs { inherit lock; }).python312.pkgs.a.name
      ];
    expected = [
      "3.12"
      "3.12"
      "mach-0.1.0"
      "python-shell"
      "python"
      "a-1.0"
    ];
  };
  nixpkgs = {
    expr = (with' { }).nixpkgs.python3.version;
    expected = pkgs.python3.version;
  };
  aListIsPackagesExtra = {
    expr = (scope.forPkgs pkgs).mkPython [ pkgs.unzip ] ? others;
    expected = true;
  };
  allFunctionsAreThere = {
    expr = filter (name: !(with' { } ? ${name})) (attrNames scope.api);
    expected = [ ];
  };
  mistakes = {
    expr = map (args: fake.stops (attrNames (with' args))) [
      { pythn = "python312"; }
      { python = 3; }
    ];
    expected = [
      true
      true
    ];
  };
}
