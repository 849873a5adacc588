# Real builds of what lib/ makes, each attribute one claim. By default on tests/nixpkgs; a real nixpkgs is taken by
#
#   nix-build tests/integration --arg pkgs 'import <nixpkgs> { }' --argstr filesUrl URL
#
# `filesUrl` is where the index keeps its files; `machBinary` is the program for the ways to a lock that run it.
{
  pkgs ? import ../nixpkgs { },
  filesUrl ? (builtins.fromJSON (builtins.readFile ../nixpkgs/host.json)).files,
  machBinary ? ../../build/mach,
}:
let
  mach = import ../.. { inherit pkgs; };

  env = mach.mkPython {
    lock = ./pylock.toml;
    python = "python311";
    inherit filesUrl;
  };

  # The program as it was built outside of Nix, so that this does not wait for a Go in the package set.
  helper = pkgs.runCommand "mach" { } ''
    mkdir -p "$out/bin"
    cp ${builtins.path { path = machBinary; name = "mach-binary"; }} "$out/bin/mach"
    chmod +x "$out/bin/mach"
  '';

  resolved =
    arguments:
    mach.mkPython (
      {
        requirements = builtins.readFile ./requirements.txt;
        inherit filesUrl helper;
      }
      // arguments
    );

  # Run a Python program in an environment and keep what it prints.
  check =
    name: environment: program:
    pkgs.runCommand "mach-${name}" { inherit program; passAsFile = [ "program" ]; } ''
      ${environment}/bin/python "$programPath" | tee "$out"
    '';
in
{
  inherit env helper;

  # Every provider in one environment: what each gives is imported and does its work.
  committed = check "committed" env ''
    import importlib.metadata as metadata

    import flask, itsdangerous, markupsafe, numpy, yaml, Xlib
    from markupsafe import _speedups

    app = flask.Flask("app")
    app.route("/<name>")(lambda name: flask.render_template_string("<b>{{ name }}</b>", name=name))
    assert app.test_client().get("/<x>").text == "<b>&lt;x&gt;</b>"
    assert abs(numpy.linalg.det(numpy.array([[1.0, 2.0], [3.0, 4.0]])) + 2) < 1e-9
    assert itsdangerous.Signer("key").unsign(itsdangerous.Signer("key").sign("value")) == b"value"
    assert yaml.safe_load("a: [1, 2]") == {"a": [1, 2]}

    names = "blinker click flask itsdangerous jinja2 markupsafe numpy python-xlib pyyaml six werkzeug".split()
    for name in names:
        print(name, metadata.version(name))
  '';

  # A tool of the hooks may be in the lock itself: the hooks are those of the set before mach.
  hookTools = check "hook-tools" (mach.mkPython {
    lock = ./hooktools.toml;
    python = "python311";
    inherit filesUrl;
  }) ''
    import importlib.metadata as metadata

    for name in ["installer", "packaging", "setuptools", "wheel", "pyyaml"]:
        print(name, metadata.version(name))
  '';

  # An sdist has the libraries of nixpkgs' package, and Python's build packages from the lock alone.
  native = check "native" (mach.mkPython {
    lock = ./native.toml;
    python = "python311";
    inherit filesUrl;
  }) ''
    import yaml

    assert yaml.__version__ == "6.0.1"
    print(yaml.load("a: 1", yaml.CSafeLoader))
  '';

  # The caller's overlays come before and after, and the interpreter can be overridden again.
  overridden =
    let
      changed = env.override {
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
        packageOverrides = pkgs.lib.composeExtensions old.packageOverrides (
          _self: super: { blinker = super.blinker.overridePythonAttrs (_old: { pname = "blinker-again"; }); }
        );
      });
    in
    check "overridden" (further.withPackages (set: [ set.flask ])) ''
      import click, flask

      assert click.changed
      print(flask.Flask)
    '';

  # Nothing that a package was built with stays with it.
  noBuildTools = pkgs.runCommand "mach-no-build-tools" { closure = pkgs.closureInfo { rootPaths = [ env ]; }; } ''
    if grep -E 'flit-core|setuptools|wheel|installer|gcc-wrapper' "$closure/store-paths"; then
      echo "error: build tools are in the closure" >&2
      exit 1
    fi
    cp "$closure/store-paths" "$out"
  '';

  # The lock made by a derivation, and read back.
  evaluated = check "evaluated" (resolved { }) ''
    import flask, numpy

    print(flask.Flask, numpy.arange(3).sum())
  '';

  # Evaluated for the message that tells the hash.
  fixedWithoutHash = (resolved { lockHash = ""; }).lock;
  lock = (resolved { }).lock;
  fixed = { lockHash }: check "fixed" (resolved { inherit lockHash; }) "import flask";
}
