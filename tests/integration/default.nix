# Real builds of what lib/ makes, each attribute one claim; `run` makes the locks, and builds them. By default on
# tests/nixpkgs, whose host.json knows where the index keeps its files. Of a lock for two systems the half for `darwin`
# is only evaluated.
{
  pkgs ? import ../nixpkgs { },
  darwin ? import ../nixpkgs { system = "aarch64-darwin"; },
  filesUrl ? (builtins.fromJSON (builtins.readFile ../nixpkgs/host.json)).files,
  locks ? ../../build/integration,
  machBinary ? ../../build/mach,
}:
let
  mach = import ../.. { inherit pkgs; };
  inherit (pkgs) lib;

  asked = import ./asked.nix { inherit pkgs filesUrl; };
  fixes = import ./fixes.nix { inherit pkgs; };
  composition = import ./composition.nix {
    inherit
      pkgs
      mach
      environments
      check
      ;
    common = { inherit filesUrl helper; };
  };
  wheels = import ./wheels.nix {
    inherit pkgs check;
    others = {
      aarch64-darwin = darwin;
      musl = (import ../nixpkgs { system = "x86_64-linux"; }).pkgsMusl;
    }
    // lib.genAttrs [ "aarch64-linux" "x86_64-darwin" "x86_64-linux" ] (
      system: import ../nixpkgs { inherit system; }
    );
  };

  environments = builtins.mapAttrs (
    name: arguments: mach.mkPython (arguments // { lock = locks + "/${name}.toml"; })
  ) asked;

  # The environment of the lock that beside.py has written.
  beside =
    arguments:
    mach.mkPython (
      {
        inherit pkgs;
        python = pythonAttr;
        lock = locks + "/beside/pylock.toml";
      }
      // arguments
    );
  inherit (pkgs.python3) pythonVersion;
  pythonAttr = "python${builtins.replaceStrings [ "." ] [ "" ] pythonVersion}";

  # The options of those locks that are for this system and another.
  alsoFor.bothSystems = [
    "--environment"
    (builtins.toFile "darwin.json" (
      builtins.toJSON (
        mach.environment {
          pkgs = darwin;
          python = pythonAttr;
        }
      )
    ))
  ];

  # The program as it was built outside of Nix, so that this does not wait for a Go in the package set.
  helper = pkgs.runCommand "mach" { } ''
    mkdir -p "$out/bin"
    cp ${
      builtins.path {
        path = machBinary;
        name = "mach-binary";
      }
    } "$out/bin/mach"
    chmod +x "$out/bin/mach"
  '';

  resolved =
    arguments:
    mach.mkPython (
      {
        requirements = "flask\nnumpy\n";
        inherit filesUrl helper;
      }
      // arguments
    );

  # Run a Python program in an environment and keep what it prints.
  check =
    name: environment: program:
    pkgs.runCommand "mach-${name}"
      {
        inherit program;
        passAsFile = [ "program" ];
      }
      ''
        ${environment}/bin/python "$programPath" | tee "$out"
      '';
in
{
  # The calls of run's functions that make the locks.
  lockCalls = lib.concatStringsSep "\n" (
    [ "beside ${pythonVersion} ${pkgs.stdenv.hostPlatform.system}" ]
    ++ lib.mapAttrsToList (
      name: arguments:
      lib.escapeShellArgs (
        [
          "lock"
          name
          (toString arguments.db)
          arguments.requirements
          (builtins.toJSON (mach.environment { inherit (arguments) pkgs; }))
          (builtins.toJSON (mach.facts (removeAttrs arguments [ "db" ])))
        ]
        ++ (import ../../lib).providers (arguments.providers or { })
        ++ alsoFor.${name} or [ ]
      )
    ) asked
  );

  # The names of those claims that need no build and do not hold.
  failedClaims =
    let
      claims = composition.claims // wheels.claims // import ./claims.nix {
        inherit
          pkgs
          mach
          asked
          environments
          ;
        besideOnLinux = beside { };
        besideOnDarwin = beside { pkgs = darwin; };
        bothOnDarwin = environments.bothSystems.override {
          pkgs = darwin;
          python = pythonAttr;
        };
      };
    in
    builtins.filter (name: !claims.${name}) (builtins.attrNames claims);

  # What each provider gives is imported and does its work.
  everything = check "everything" environments.everything ''
    import importlib.metadata as metadata

    import flask, itsdangerous, numpy
    from markupsafe import _speedups

    app = flask.Flask("app")
    app.route("/<name>")(lambda name: flask.render_template_string("<b>{{ name }}</b>", name=name))
    assert app.test_client().get("/<x>").text == "<b>&lt;x&gt;</b>"
    assert abs(numpy.linalg.det(numpy.array([[1.0, 2.0], [3.0, 4.0]])) + 2) < 1e-9
    assert itsdangerous.Signer("key").unsign(itsdangerous.Signer("key").sign("value")) == b"value"

    for name in "blinker click flask itsdangerous jinja2 markupsafe numpy werkzeug".split():
        print(name, metadata.version(name))
  '';

  # Programs of a package run with the environment's packages.
  scripts = pkgs.runCommand "mach-scripts" { } ''
    ${environments.everything}/bin/flask --version | tee "$out"
    grep -q '^Werkzeug ' "$out"
  '';

  native = check "native" environments.native ''
    import yaml

    print(yaml.__version__, yaml.load("a: 1", yaml.CSafeLoader))
  '';

  cycle = check "cycle" environments.cycle ''
    import sphinx.application, sphinxcontrib.serializinghtml

    print(sphinx.__version__, sphinxcontrib.serializinghtml.__version__)
  '';

  # The hooks are those of the set before mach.
  hookTools = check "hook-tools" environments.hookTools ''
    import importlib.metadata as metadata

    for name in ["installer", "packaging", "setuptools", "wheel", "pyyaml"]:
        print(name, metadata.version(name))
  '';

  renamed = check "renamed" environments.renamed ''
    import importlib.metadata as metadata
    import keys

    print(metadata.version("python-xlib"), keys.XK_Escape)
  '';

  variant = check "variant" environments.variant ''
    import age, ages

    assert age.version == "1.0"
  '';

  unusable = check "unusable" environments.unusable "import idna, tomli";

  bothSystems = check "both-systems" environments.bothSystems "from markupsafe import _speedups";

  # Wheels beside a lock for two systems: this system's, and the default group's.
  beside = check "beside" (beside { }) ''
    import importlib.util
    import app, developed, native

    assert native.SYSTEM == "linux"
    assert not importlib.util.find_spec("documented")
    assert not importlib.util.find_spec("shiny")
  '';

  extra = check "extra" (beside { extras = [ "docs" ]; }) "import app, developed, documented";

  group = check "group" (beside { groups = [ "test" ]; }) ''
    import importlib.util
    import app, documented

    assert not importlib.util.find_spec("developed")
  '';

  # The caller's overlays come before and after, and the interpreter can be overridden again.
  overridden =
    let
      changed = environments.everything.override {
        overridesPost = [
          (_self: super: {
            click = super.click.overridePythonAttrs (_old: {
              postInstall = ''echo 'changed = True' >> "$out"/lib/python3*/site-packages/click/__init__.py'';
            });
          })
        ];
      };
      further = changed.python.override (old: {
        self = further;
        packageOverrides = lib.composeExtensions old.packageOverrides (
          _self: super: { blinker = super.blinker.overridePythonAttrs (_old: { pname = "blinker-again"; }); }
        );
      });
    in
    check "overridden" (further.withPackages (set: [ set.flask ])) ''
      import click, flask

      assert click.changed
      print(flask.Flask)
    '';

  # A wheel finds the library of another that it depends on.
  siblings = check "siblings" (import ./siblings.nix { inherit pkgs; }) ''
    import ctypes, importlib.util, pathlib

    directory = pathlib.Path(importlib.util.find_spec("outer").origin).parent
    assert ctypes.CDLL(directory / "outer.so").outer() == 42
  '';

  # An sdist is built, and a wheel finds its libraries, with fixes, and without them not.
  withFixes = check "with-fixes" fixes.environment ''
    import ctypes, importlib.util, os, pathlib, sys
    import built, shipped.loader

    assert built.PATCHED and os.path.exists(built.WHERE)
    assert ctypes.CDLL(shipped.loader.PLACE).needed() == 42
    directory = pathlib.Path(shipped.__file__).parent
    for name in ["linked", "opened"]:
        assert getattr(ctypes.CDLL(directory / f"{name}.so"), name)() == 42, name
    assert not importlib.util.find_spec("shipped.unwanted")
    assert not os.path.exists(os.path.join(sys.prefix, "bin", "unwanted"))
  '';
  wheelWithoutFix = check "wheel-without-fix" fixes.wheelWithout ''
    import ctypes, pathlib
    import shipped.loader, shipped.unwanted

    assert shipped.loader.PLACE is None
    directory = pathlib.Path(shipped.__file__).parent
    assert ctypes.CDLL(directory / "opened.so").opened() == 0
    try:
        ctypes.CDLL(directory / "linked.so")
    except OSError as error:
        print(error)
    else:
        raise AssertionError("linked.so has found its library")
  '';
  sdistWithoutFix = fixes.sdistWithout;
  staleFix = fixes.stale;

  # Nothing that a package was built with stays with it.
  noBuildTools =
    pkgs.runCommand "mach-no-build-tools"
      { closure = pkgs.closureInfo { rootPaths = [ environments.everything ]; }; }
      ''
        if grep -E 'flit-core|setuptools|wheel|installer|gcc-wrapper' "$closure/store-paths"; then
          echo "error: build tools are in the closure" >&2
          exit 1
        fi
        cp "$closure/store-paths" "$out"
      '';

  # Packages from their sources.
  packages = import ./packages.nix {
    inherit pkgs mach locks;
    common = { inherit filesUrl helper; };
  };

  # The program as users get it, built with nixpkgs' Go.
  program = pkgs.runCommand "mach-program" { } ''
    ${mach.helper { }}/bin/mach version | tee "$out"
  '';

  # The lock made by a derivation, and read back.
  evaluated = check "evaluated" (resolved { }) ''
    import flask, numpy

    print(flask.Flask, numpy.arange(3).sum())
  '';

  # Requirements of other formats, each a path.
  ofPipfile = check "of-pipfile" (resolved {
    requirements = pkgs.writeTextDir "Pipfile" ''
      [packages]
      flask = ">=3"
      tomli = {version = "*", markers = "python_version < '3'"}

      [dev-packages]
      nosuchproject = "*"
    '' + "/Pipfile";
  }) "import flask";
  ofConda = check "of-conda" (resolved {
    requirements = pkgs.writeTextDir "environment.yml" ''
      dependencies:
        - python
        - numpy>=1
        - pip:
            - flask>=3
    '' + "/environment.yml";
  }) "import flask, numpy";
  ofScript =
    let
      script = pkgs.writeTextDir "report.py" ''
        # /// script
        # dependencies = ["flask>=3"]
        # ///
        import flask
        print(flask.Flask)
      '' + "/report.py";
    in
    check "of-script" (resolved { requirements = script; }) ''exec(open("${script}").read())'';

  # Evaluated for the messages of the program, which reach the user.
  brokenInNixpkgs =
    (resolved {
      inherit (asked.unusable) pkgs;
      requirements = "idna";
      providers.idna = "nixpkgs";
    }).lock;
  unknownProject = (resolved { requirements = "flaskk"; }).lock;
  nullInNixpkgs =
    (resolved {
      requirements = "tomli";
      providers.tomli = "nixpkgs";
    }).lock;
  syntaxError = (resolved { requirements = "flask\n\nnumpy=>1\n"; }).lock;

  # Evaluated for the message that tells the hash.
  fixedWithoutHash = (resolved { lockHash = ""; }).lock;
  fixed = { lockHash }: check "fixed" (resolved { inherit lockHash; }) "import flask";

  # Of a project whose releases are the tags of a repository.
  fixedOfTags =
    { repository, lockHash }:
    (resolved {
      requirements = "tagged";
      providers.tagged = repository;
      inherit lockHash;
    }).lock;

  # The same with a database on a server.
  # The environment of a lock with direct references, which `direct` has made.
  direct =
    { lock }:
    mach.mkPython {
      inherit filesUrl lock;
    };

  # The environment of the lock of another tool, which `foreign` has written.
  foreign =
    { lock }:
    mach.mkPython {
      inherit pkgs filesUrl helper;
      lock = /. + lock;
    };

  distant =
    {
      url,
      root,
      lockHash,
    }:
    check "distant" (resolved {
      inherit lockHash;
      requirements = "itsdangerous";
      db = {
        inherit url;
        hash = root;
      };
    }) "import itsdangerous";

  inherit composition wheels;

  surface = import ./surface.nix {
    inherit
      pkgs
      mach
      filesUrl
      helper
      check
      ;
    lock = locks + "/everything.toml";
  };
}
