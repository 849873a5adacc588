# Packages and applications from their sources, each attribute a claim that packages.sh builds. `common` are arguments
# for all: the program, and where the index keeps its files. What is locked is so by the lock that packages.sh makes.
{
  pkgs,
  mach,
  locks,
  common,
}:
let
  sources = ./packages;

  flit = common // {
    src = sources + "/flit";
  };
  # Its name, version and requirements stand in setup.cfg.
  setuptools = common // {
    src = sources + "/setuptools";
    pythonImportsCheck = [ "counts" ];
  };
  locked = {
    inherit (common) filesUrl;
    src = sources + "/flit";
    lock = locks + "/packages/pylock.toml";
  };

  speaks = mach.buildPythonPackage flit;
  counts = mach.buildPythonPackage setuptools;

  # Run a command, and see what it prints.
  run =
    name: command: expected:
    pkgs.runCommand "mach-${name}" { inherit expected; } ''
      ${command} | tee "$out"
      grep -qx "$expected" "$out"
    '';
in
{
  # An application is wrapped, and runs without an environment around it.
  application =
    let
      program = mach.buildPythonApplication (
        flit
        // {
          makeWrapperArgs = [ "--prefix PATH : ${pkgs.patchelf}/bin" ];
          postInstall = ''cp pyproject.toml "$out/beside"'';
        }
      );
    in
    assert !(program ? pythonModule);
    run "application" "cat ${program}/beside; env -i ${program}/bin/speaks hello you" "patchelf: ${pkgs.patchelf}/bin/patchelf";

  # setup.cfg and setup.py alone; no [build-system].
  setuptools = run "setuptools" "env -i ${counts}/bin/counts" "33";

  extra =
    let
      package = mach.buildPythonPackage (flit // { extras = [ "markup" ]; });
    in
    run "extra" "${package.python.withPackages (_: [ package ])}/bin/python -c 'import speaks, markupsafe; print(1)'" "1";

  # Requirements beside those of the source.
  more =
    let
      package = mach.buildPythonPackage (flit // { requirementsExtra = "itsdangerous"; });
    in
    run "more" "${package.python.withPackages (_: [ package ])}/bin/python -c 'import speaks, itsdangerous; print(1)'" "1";

  # Its tests see what is installed, by what testPhase.nix finds; a hook of nixpkgs is left to do it.
  tested = mach.buildPythonPackage (flit // { tests = [ "Speaks" ]; });
  testedAmongOthers =
    (mach.mkPython (
      common
      // {
        packagesExtra = [ flit.src ];
        tests = true;
      }
    )).pkgs.speaks;
  testsFail = mach.buildPythonApplication (
    flit
    // {
      doCheck = true;
      FAILS = "yes";
    }
  );

  # What `_` says of the package itself reaches its build, and what it says of the others the set.
  changed =
    let
      program = mach.buildPythonApplication (
        flit
        // {
          _ = {
            Speaks.postPatch = "sed -i 's/patchelf:/patched:/' src/speaks/__init__.py";
            Speaks.postInstall.add = ''cp src/speaks/__init__.py "$out/beside"'';
            click.postInstall = "echo changed >$out/changed";
          };
        }
      );
    in
    run "changed" "cat ${program.python.pkgs.click}/changed; grep -c patched: ${program}/beside; ${program}/bin/speaks hello" "patched: None";

  # Two sources and a program in one resolution with other requirements.
  environment =
    let
      env = mach.mkPython (
        common
        // {
          requirements = "click<8.2";
          packagesExtra = [
            (sources + "/flit")
            (setuptools // { pythonImportsCheck = [ ]; })
            pkgs.patchelf
          ];
        }
      );
    in
    run "environment" "${env}/bin/speaks hello; env -i ${env}/bin/python -c 'import click, counts, speaks, shutil; print(click.__version__ < \"8.2\" and bool(shutil.which(\"patchelf\")))'" "True";

  # What was built before is there with the packages of the environment, and the same wheel.
  again =
    let
      env = mach.mkPython (
        common
        // {
          requirements = "click<8.2";
          packagesExtra = [
            speaks
            counts
          ];
        }
      );
    in
    assert env.pkgs.speaks.wheel == speaks.wheel;
    assert env.pkgs.click.version != speaks.python.pkgs.click.version;
    run "again" "${env}/bin/python -c 'import click, counts, speaks; print(click.__version__ < \"8.2\")'" "True";

  # Nothing of what builds it stays with it.
  noBuildTools =
    let
      program = mach.buildPythonApplication flit;
    in
    pkgs.runCommand "mach-application-closure" { closure = pkgs.closureInfo { rootPaths = [ program ]; }; } ''
      if grep -E 'flit|setuptools|wheel|installer|gcc-wrapper|-source$' "$closure/store-paths"; then
        echo "error: build tools are in the closure" >&2
        exit 1
      fi
      cp "$closure/store-paths" "$out"
    '';

  # An sdist of the index is a source like another, and so is an archive by its URL.
  sdist =
    let
      package = mach.buildPythonPackage (
        common
        // {
          pname = "six";
          version = "1.17.0";
          src = mach.fetchPypiSdist (
            common
            // {
              pname = "six";
              version = "1.17.0";
            }
          );
          requirements = "";
        }
      );
    in
    run "sdist" "${package.python.withPackages (_: [ package ])}/bin/python -c 'import six; print(six.__version__)'" "1.17.0";
  archive =
    let
      made = pkgs.runCommand "speaks.tar.gz" { } ''
        tar -C ${sources} --sort=name --mtime=@1 --owner=0 --group=0 -czf "$out" flit
      '';
    in
    run "archive" "env -i ${mach.buildPythonApplication (common // { src = made; })}/bin/speaks hello" "hello";

  wheel = pkgs.runCommand "mach-fetched-wheel" { } ''
    cp ${
      mach.fetchPypiWheel (
        common
        // {
          pname = "markupsafe";
          version = "3.0.3";
        }
      )
    } "$out"
  '';

  # By a committed lock, which `run` makes: nothing is imported from a derivation.
  locked = run "locked" "env -i ${mach.buildPythonApplication locked}/bin/speaks hello" "hello";
  lockedEnvironment =
    let
      env = mach.mkPython {
        inherit (common) filesUrl;
        lock = locks + "/packages/pylock.toml";
        packagesExtra = [ (sources + "/flit") ];
      };
    in
    run "locked-environment" "env -i ${env}/bin/speaks hello" "hello";

  # For packages.sh: what its lock is for.
  target = builtins.toJSON (mach.environment { });

  # And the lock's derivation and the wheel's of the source in a directory.
  ofDirectory =
    { directory }:
    let
      package = mach.buildPythonPackage (common // { src = directory; });
    in
    "${package.lock.drvPath} ${package.wheel.drvPath}";

  otherPython = mach.mkPython (
    common
    // {
      python = if pkgs.python3.pythonVersion == "3.12" then "python313" else "python312";
      packagesExtra = [ speaks ];
    }
  );

  # The template as it is.
  template = run "template" "env -i ${
    mach.buildPythonApplication (common // { src = ../../lib/templates/application; })
  }/bin/hello you" "hello you";
}
