# What the set promises of builds: each attribute is a derivation that is built if and only if the claim holds.
{ pkgs }:
let
  inherit (pkgs) lib python3 runCommand;
  ps = python3.pkgs;

  # Run a Python program in an environment.
  check =
    name: environment: program:
    runCommand "nixpkgs-${name}"
      {
        inherit program environment;
        passAsFile = [ "program" ];
      }
      ''
        "$environment/bin/python" "$programPath" | tee "$out"
      '';

  environment = python3.withPackages (set: [
    set.jinja2
    set.pyyaml
    set.requests
  ]);

  # A project of one module, without any file from the index.
  project =
    args:
    ps.buildPythonPackage (
      {
        pname = "tiny";
        version = "1";
        pyproject = true;
        src = runCommand "tiny-1" { } ''
          mkdir "$out"
          cat >"$out/tiny.py" <<'EOF'
          """Says its own name."""
          from __future__ import annotations

          import sys


          def main():
              import idna
              print(sys.argv[0], idna.__name__)
          EOF
          cat >"$out/pyproject.toml" <<'EOF'
          [project]
          name = "tiny"
          version = "1"
          description = "tiny"
          requires-python = ">=3.9"
          dependencies = ["idna"]
          scripts.tiny = "tiny:main"
          [build-system]
          requires = ["flit_core"]
          build-backend = "flit_core.buildapi"
          EOF
        '';
        build-system = [ ps.flit-core ];
        dependencies = [ ps.idna ];
        pythonImportsCheck = [ "tiny" ];
      }
      // args
    );
in
{
  # One prefix, one executable, modules of the packages, and none of the distribution's.
  environment = check "environment" environment ''
    import importlib.metadata as metadata
    import os, site, subprocess, sys, sysconfig

    import jinja2, requests, yaml

    prefix = os.environ["environment"]
    assert sys.prefix == prefix, sys.prefix
    assert sys.executable == f"{prefix}/bin/${python3.executable}", sys.executable
    assert not [path for path in sys.path if "dist-packages" in path], sys.path
    assert jinja2.Template("{{ 1 + 1 }}").render() == "2"
    assert yaml.safe_load("a: 1") == {"a": 1}
    assert requests.certs.where().startswith(prefix)
    # A Python that is started from here is the same environment.
    child = subprocess.run([sys.executable, "-c", "import yaml, sys; print(sys.prefix)"], capture_output=True, text=True)
    assert child.stdout.strip() == prefix, child
    names = sorted({distribution.metadata["Name"].lower() for distribution in metadata.distributions()})
    assert names == ["certifi", "charset-normalizer", "idna", "jinja2", "markupsafe", "pyyaml", "requests", "urllib3"], names
    print(*names)
  '';

  # The interpreter alone has no package, and installs where it looks.
  interpreter = check "interpreter" python3 ''
    import importlib.metadata, site, sys, sysconfig

    assert not list(importlib.metadata.distributions())
    assert sysconfig.get_path("purelib") in site.getsitepackages()
    assert sysconfig.get_path("purelib").startswith(sys.prefix)
    import ctypes, lzma, sqlite3, ssl
  '';

  # A program of a package runs by itself with what it depends on, and in an environment with that.
  programs =
    let
      tiny = project { };
    in
    runCommand "nixpkgs-programs" { environment = python3.withPackages (_: [ tiny ]); } ''
      test "$(${tiny}/bin/tiny)" = "${tiny}/bin/tiny idna"
      "$environment/bin/tiny"
      mkdir "$out"
    '';

  # makeWrapperArgs and postFixup are kept; the output dist has the wheel.
  arguments =
    let
      tiny = project {
        makeWrapperArgs = [
          "--set"
          "GREETING"
          "hello"
        ];
        postFixup = ''touch "$out/fixed"'';
      };
    in
    runCommand "nixpkgs-arguments" { } ''
      grep -q "GREETING=hello" ${tiny}/bin/tiny
      test -e ${tiny}/fixed
      test -e ${tiny.dist}/tiny-1-py3-none-any.whl
      mkdir "$out"
    '';

  # Tests run only if asked for, and then on what was installed.
  tested = project {
    doCheck = true;
    checkPhase = ''
      runHook preCheck
      cd /
      python -c 'import os, tiny; assert tiny.__file__.startswith(os.environ["out"]), tiny'
      touch "$out/tested"
      runHook postCheck
    '';
    postFixup = ''
      test ! -e "$out/tested"
    '';
  };

  # Requirements that the inputs do not meet can be loosened or dropped.
  relaxed = project {
    postPatch = ''
      substituteInPlace pyproject.toml --replace-fail '"idna"' '"idna<1", "gone>=2"'
    '';
    pythonRelaxDeps = [ "idna" ];
    pythonRemoveDeps = [ "gone" ];
  };

  setuptoolsFormat = ps.six.overridePythonAttrs {
    pyproject = null;
    format = "setuptools";
  };

  # Nothing that a package is built with stays with it.
  closure = runCommand "nixpkgs-closure" { info = pkgs.closureInfo { rootPaths = [ environment ]; }; } ''
    if grep -E 'setuptools|flit|installer|cython|gcc-wrapper|coreutils|make-wrapper' "$info/store-paths"; then
      exit 1
    fi
    cp "$info/store-paths" "$out"
  '';

  # Two packages with the same file: equal ones merge, others may be told to.
  collisions =
    let
      file = content: pkgs.writeTextDir "share/file" content;
      merge =
        ignoreCollisions: paths:
        pkgs.buildEnv {
          name = "merged";
          inherit ignoreCollisions paths;
        };
    in
    runCommand "nixpkgs-collisions"
      {
        equal = merge false [ (file "a") (pkgs.writeTextDir "share/file" "a") ];
        first = merge true [ (file "a") (file "b") ];
      }
      ''
        test "$(<"$equal/share/file")" = a
        test "$(<"$first/share/file")" = a
        mkdir "$out"
      '';

  phases = pkgs.stdenv.mkDerivation {
    name = "nixpkgs-phases";
    src = pkgs.writeTextDir "greeting" "hello @who@";
    who = "world";
    preConfigure = "preConfigureHooks+=(recordHook)";
    dontBuild = true;
    postPatch = ''
      substituteInPlace greeting --replace-fail hello Hello --subst-var who
      recordHook() { echo hook >>hooks; }
    '';
    installPhase = ''
      runHook preInstall
      test ! -e built
      mkdir -p "$out/bin"
      cp greeting "$out"
      printf '#!/usr/bin/env bash\ncat "$(dirname "$0")/../greeting"\n' >"$out/bin/greet"
      chmod +x "$out/bin/greet"
      runHook postInstall
    '';
    buildInputs = [ pkgs.bash ];
    postFixup = ''
      test "$(cat "$out/greeting")" = "Hello world"
      test "$("$out/bin/greet")" = "Hello world"
      grep -q "^#!${pkgs.bash}/bin/bash" "$out/bin/greet"
    '';
  };
}
// lib.optionalAttrs (pkgs.stdenv.hasCC) {
  # A library that was built elsewhere finds what it needs in the inputs and in its own package.
  autoPatchelf = pkgs.stdenv.mkDerivation {
    name = "nixpkgs-auto-patchelf";
    dontUnpack = true;
    nativeBuildInputs = [ pkgs.autoPatchelfHook ];
    buildInputs = [ pkgs.zlib ];
    autoPatchelfIgnoreMissingDeps = [ "libgone*" ];
    buildPhase = ''
      unset LD_RUN_PATH
      echo 'int gone(void) { return 1; }' >gone.c
      echo 'int gone(void); int own(void) { return gone(); }' >own.c
      echo '#include <zlib.h>' >both.c
      echo 'int own(void); const char *both(void) { own(); return zlibVersion(); }' >>both.c
      gcc -shared -fPIC gone.c -o libgone.so.1
      gcc -shared -fPIC own.c -o libown.so -L. -l:libgone.so.1
      gcc -shared -fPIC both.c -o libboth.so -L. -lown -lz
    '';
    installPhase = ''
      mkdir -p "$out/lib/own" "$out/lib/both"
      cp libown.so "$out/lib/own"
      cp libboth.so "$out/lib/both"
    '';
    doInstallCheck = true;
    installCheckPhase = ''
      test "$(patchelf --print-rpath "$out/lib/both/libboth.so")" = "$out/lib/own:${pkgs.zlib}/lib"
    '';
  };

  # Libraries of the inputs are found when the extension is built, and when it runs.
  nativeInputs = runCommand "nixpkgs-native-inputs" { nativeBuildInputs = [ pkgs.patchelf ]; } ''
    case $(patchelf --print-rpath ${ps.pyyaml}/${python3.sitePackages}/yaml/_yaml.*.so) in
    *${pkgs.libyaml}/lib*) mkdir "$out" ;;
    *) exit 1 ;;
    esac
  '';
}
