# What is made of an environment beside the environment: a shell, an image, overlays, the dot interface, the NixOS module.
# `lock` is one that `run` has made, `helper` the program.
{
  pkgs,
  mach,
  lock,
  filesUrl,
  helper,
  check,
}:
let
  inherit (pkgs) lib;
  given = { inherit lock filesUrl; };

  dots = (import ../../lib).pythonWith { inherit pkgs filesUrl helper; };

  # The module, in as much of NixOS's module system as it asks for.
  module = (import ../../lib).nixosModule {
    inherit pkgs;
    lib = lib // {
      mkOption = option: option;
      types = {
        attrsOf = _: "attrsOf";
        raw = "raw";
      };
      literalExpression = text: text;
    };
    config.mach.environments.tools = given;
  };
in
{
  # What `nix-shell` and `nix develop` do: the build inputs of the shell are on PATH, and its hook runs.
  shell =
    let
      shell = mach.mkPythonShell (
        given
        // {
          packages = [ pkgs.patchelf ];
          shellHook = "greeting=hello";
        }
      );
    in
    shell.overrideAttrs (_: {
      name = "mach-shell";
      phases = [ "buildPhase" ];
      buildPhase = ''
        eval "$shellHook"
        patchelf --version
        python -c 'import flask, numpy'
        echo "$greeting" | tee "$out"
      '';
    });

  # The image holds what the application needs and nothing that built it.
  image =
    let
      image = mach.mkDockerImage (
        given
        // {
          name = "web";
          tag = "1";
          config.Cmd = [ "flask" ];
        }
      );
    in
    pkgs.runCommand "mach-image" { inherit image; } ''
      ${pkgs.python3}/bin/python3 ${./image.py} "$image" web:1 flask | tee "$out"
    '';

  overlay = check "overlay" ((pkgs.extend (mach.mkOverlay given)).python3.withPackages (set: [ set.flask ])) "import flask";
  nixpkgs = check "nixpkgs" ((mach.mkNixpkgs given).python3.withPackages (set: [ set.numpy ])) "import numpy";
  brought = check "brought" (
    (pkgs.extend (import ../../lib).overlay).mach.mkPython given
  ) "import flask";
  module = check "module" (lib.head module.config.environment.systemPackages) "import flask";

  # Two imports from derivations: the names of all projects, and the lock.
  dots = check "dots" dots.itsdangerous.markupsafe "import itsdangerous, markupsafe";

  # What an environment of mach-nix has, by an import as it is for mach-nix.
  ofMachNix =
    let
      own = import ../.. {
        inherit pkgs filesUrl;
        python = "python3";
        pypiDataRev = "0123456789abcdef0123456789abcdef01234567";
        pypiDataSha256 = "0000000000000000000000000000000000000000000000000000";
      };
      env = own.mkPython { inherit lock; };
      image = env.dockerImage.override (old: {
        name = "${old.name}-mine";
        tag = "1";
        config.Cmd = [ "flask" ];
      });
    in
    assert (pkgs.python3.override { packageOverrides = env.pythonOverrides; }).pkgs.flask.version == env.pkgs.flask.version;
    assert env.env.env == env;
    assert (own.nixpkgs.extend env.overlay).python3Packages.flask.version == env.pkgs.flask.version;
    pkgs.runCommand "mach-of-mach-nix" { inherit image; } ''
      ${pkgs.python3}/bin/python3 ${./image.py} "$image" python-mine:1 flask
      ${env.python.withPackages env.python.pkgs.selectPkgs}/bin/python -c 'import flask, numpy'
      ${env.nixpkgs.python3.withPackages env.selectPkgs}/bin/python -c 'import flask, numpy'
      touch "$out"
    '';
}
