# What the set promises without a build, as { expr, expected }: interfaces of nixpkgs that lib/ stands on.
{ pkgs }:
let
  inherit (pkgs) lib python3;
  ps = python3.pkgs;
  fails = value: !(builtins.tryEval value).success;
  names = map lib.getName;
  older = pkgs.python39;
in
{
  # Everything that lib/ stands on is there.
  contract = {
    expr = import ./contract.nix { inherit pkgs; };
    expected = [ ];
  };

  # An override of the set is seen by the packages that depend on it, and by withPackages.
  packageOverrides =
    let
      python = python3.override {
        self = python;
        packageOverrides = _: prev: {
          six = prev.six.overridePythonAttrs (old: {
            version = "${old.version}.1";
          });
        };
      };
    in
    {
      expr = [
        python.pkgs.six.version
        (builtins.elem python.pkgs.six python.pkgs.xlib.requiredPythonModules)
        (python.pkgs.python == python)
        (builtins.elem python.pkgs.six (python.withPackages (set: [ set.xlib ])).paths)
      ];
      expected = [
        "1.16.0.1"
        true
        true
        true
      ];
    };

  # Overrides given twice add up if the caller composes them with those that `override` hands it.
  overrideAgain =
    let
      once = python3.override { packageOverrides = _: _: { one = 1; }; };
      twice = once.override (old: {
        packageOverrides = lib.composeExtensions old.packageOverrides (_: _: { two = 2; });
      });
    in
    {
      expr = [
        twice.pkgs.one
        twice.pkgs.two
      ];
      expected = [
        1
        2
      ];
    };

  overridePythonAttrs = {
    expr =
      let
        changed = ps.idna.overridePythonAttrs (old: {
          pname = "${old.pname}-again";
          dependencies = [ ps.six ];
        });
        again = changed.overridePythonAttrs { version = "4"; };
      in
      [
        again.name
        (names again.dependencies)
        (again.overridePythonAttrs (_: { doCheck = true; })).doInstallCheck
      ];
    expected = [
      "${python3.libPrefix}-idna-again-4"
      [ "six" ]
      true
    ];
  };

  # callPackage's override changes the inputs, and leaves the other overrides in place.
  override = {
    expr =
      let
        changed = ps.xlib.override { six = ps.idna; };
      in
      [
        (names changed.dependencies)
        (changed ? overridePythonAttrs)
        (changed ? overrideAttrs)
      ];
    expected = [
      [ "idna" ]
      true
      true
    ];
  };

  finalAttrs = {
    expr =
      (ps.buildPythonPackage (finalAttrs: {
        pname = "final";
        version = "1";
        format = "other";
        src = finalAttrs.version;
      })).src;
    expected = "1";
  };

  requiredPythonModules = {
    expr = names ps.requests.requiredPythonModules;
    expected = [
      "python3"
      "certifi"
      "charset-normalizer"
      "idna"
      "urllib3"
    ];
  };

  hasPythonModule = {
    expr = map ps.hasPythonModule [
      ps.six
      (ps.toPythonApplication ps.six)
      older.pkgs.six
      pkgs.zlib
    ];
    expected = [
      true
      false
      false
      false
    ];
  };

  outputs = {
    expr = ps.six.outputs;
    expected = [
      "out"
      "dist"
    ];
  };

  # Broken packages can be looked at; what is null is null.
  unusable = {
    expr = [
      ps.itsdangerous.version
      ps.itsdangerous.meta.broken
      ps.itsdangerous.meta.available
      (fails ps.itsdangerous.outPath)
      (fails ps.itsdangerous.drvPath)
      ps.tomli
    ];
    expected = [
      "2.2.0"
      true
      false
      true
      true
      null
    ];
  };

  allowBroken = {
    expr = fails (import ./.. { config.allowBroken = true; }).python3.pkgs.itsdangerous.outPath;
    expected = false;
  };

  disabled = {
    expr =
      let
        package = ps.six.overridePythonAttrs { disabled = true; };
      in
      [
        package.version
        (fails package.outPath)
      ];
    expected = [
      "1.16.0"
      true
    ];
  };

  # A package for one Python among the inputs of another.
  mismatch = {
    expr = fails (ps.xlib.override { inherit (older.pkgs) six; }).drvPath;
    expected = true;
  };

  withoutFormat = {
    expr = fails (ps.buildPythonPackage { pname = "a"; version = "1"; }).drvPath;
    expected = true;
  };

  # The set holds packages for Python only.
  foreign = {
    expr = fails (python3.override { packageOverrides = _: _: { inherit (pkgs) zlib; }; }).pkgs.zlib.outPath;
    expected = true;
  };

  hooksAreMarked = {
    expr = map (hook: hook.provides.setupHook or false) [
      ps.pypaBuildHook
      ps.wrapPython
      pkgs.autoPatchelfHook
    ];
    expected = [
      true
      true
      false
    ];
  };

  nativeInputs = {
    expr = [
      (builtins.elem "pg_config" (names ps.psycopg2.nativeBuildInputs))
      (names ps.psycopg2.buildInputs)
    ];
    expected = [
      true
      [
        "libpq"
        "openssl"
      ]
    ];
  };

  platforms = {
    expr =
      map
        (
          set:
          let
            platform = set.python312.stdenv.hostPlatform;
          in
          [
            platform.system
            platform.isDarwin
            platform.isMusl
            platform.parsed.cpu.name
          ]
        )
        [
          (import ./.. { system = "aarch64-darwin"; })
          (import ./.. { system = "x86_64-linux"; }).pkgsMusl
        ];
    expected = [
      [
        "aarch64-darwin"
        true
        false
        "aarch64"
      ]
      [
        "x86_64-linux"
        false
        true
        "x86_64"
      ]
    ];
  };

  interpreters = {
    expr = map (python: [
      python.pythonVersion
      python.libPrefix
      (python.pythonOlder "3.11")
      (python.pythonAtLeast "3.11")
    ]) [
      pkgs.python310
      pkgs.python313FreeThreading
    ];
    expected = [
      [
        "3.10"
        "python3.10"
        true
        false
      ]
      [
        "3.13"
        "python3.13t"
        false
        true
      ]
    ];
  };

  overlays = {
    expr =
      (import ./.. {
        overlays = [
          (final: prev: {
            greeting = "hello";
            pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [
              (_: _: { inherit (final) greeting; })
            ];
          })
        ];
      }).python3.pkgs.greeting;
    expected = "hello";
  };

  # Files of this set are found where pins.json says; others where nixpkgs predicts them.
  fetchPypi = {
    expr = (pkgs.fetchPypi {
      pname = "foo";
      version = "1";
      hash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    }).name;
    expected = "foo-1.tar.gz";
  };
}
