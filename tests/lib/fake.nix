# A package set of nixpkgs' shape in which nothing is built: derivations are attribute sets that show their arguments.
let
  lib = import ../nixpkgs/lib;

  # mkDerivation and buildPythonPackage: the arguments, as a derivation. Like a real one it is not to be compared whole.
  # An override is of the arguments, whichever of the two it is of.
  make =
    more: args:
    let
      name = args.name or "${args.pname}-${args.version}";
      again = change: make more (args // lib.toExtension change args args);
    in
    args
    // more
    // {
      type = "derivation";
      inherit name;
      outPath = "/store/${name}";
      overrideAttrs = again;
      overridePythonAttrs = again;
    };
  drv = make { };
  module = make { pythonModule = true; };

  platform = system: lib.systems.elaborate system;

  stdenvOf = system: {
    hostPlatform = platform system;
    mkDerivation = args: drv args;
    cc = {
      libc.version = "2.40-66";
      cc = drv { name = "gcc"; };
    };
  };

  # An interpreter whose set is the fixed point of `packages`; `override` takes it and `self`, as nixpkgs' does.
  pythonOf =
    { system, packages }:
    let
      make =
        {
          packageOverrides ? (_: _: { }),
          self ? null,
        }:
        let
          set = lib.fix (lib.extends packageOverrides base);
          base =
            final:
            packages final
            // {
              python = if self == null then made else self;
              buildPythonPackage =
                args:
                module (args // args.passthru or { })
                // {
                  pythonModule = made;
                  overridePythonAttrs = f: final.buildPythonPackage (args // f args);
                };
              buildPythonApplication = args: drv (args // args.passthru or { });
              pypaBuildHook = drv { name = "pypa-build-hook.sh"; };
            };
          made = drv {
            name = "python3-3.12.4";
            pname = "python3";
            version = "3.12.4";
            pythonVersion = "3.12";
            libPrefix = "python3.12";
            sitePackages = "lib/python3.12/site-packages";
            implementation = "cpython";
            stdenv = stdenvOf system;
            pkgs = set;
            interpreter = "/store/python3-3.12.4/bin/python3.12";
            buildEnv = lib.makeOverridable (
              {
                extraLibs ? [ ],
                ...
              }@args:
              drv (
                args
                // {
                  name = "python3-3.12.4-env";
                  packages = extraLibs;
                }
              )
            ) { };
            withPackages = f: made.buildEnv.override { extraLibs = f set; };
          };
        in
        made;
    in
    lib.makeOverridable make { };

  # A small Python set: a plain package, one with dependencies, ones that cannot be used, native ones.
  packages = self: {
    pyyaml = module {
      pname = "PyYAML";
      version = "6.0.2";
      propagatedBuildInputs = [ self.python ];
    };
    jinja2 = module {
      pname = "jinja2";
      version = "3.1.5";
      propagatedBuildInputs = [
        self.markupsafe
        hidden
      ];
    };
    markupsafe = module {
      pname = "MarkupSafe";
      version = "3.0.2";
    };
    # django is django_5.
    django = self.django_5;
    django_4 = module {
      pname = "Django";
      version = "4.2.20";
    };
    django_5 = module {
      pname = "Django";
      version = "5.2.1";
    };
    opencv4 = module {
      pname = "opencv";
      version = "4.12.0";
    };
    gone = null;
    broken = module {
      pname = "broken";
      version = "1";
      meta.broken = true;
    };
    unfree = module {
      pname = "unfree";
      version = "1";
      meta.available = false;
    };
    throwing = throw "throwing not supported for interpreter python3.12";
    lxml = module {
      pname = "lxml";
      version = "6.0.0";
      nativeBuildInputs = [
        tools.pkg-config
        self.pyyaml
        hooks.imports
        hooks.old
        tools.cargo-setup
        tools.maturin-build
      ];
      buildInputs = [
        tools.libxml2
        (throw "a broken library")
      ];
    };
    pyscard = module {
      pname = "pyscard";
      version = "2.2.1";
      nativeBuildInputs = [ tools.bindgen ];
      buildInputs = [ tools.libxml2 ];
      propagatedBuildInputs = [
        tools.pcsclite
        self.pyyaml
        (module {
          pname = "python3";
          version = "3.12.4";
        })
        (throw "a broken library")
      ];
    };
  };
  hidden = module {
    pname = "hidden";
    version = "1";
    propagatedBuildInputs = [ leaf ];
  };
  leaf = module {
    pname = "PyYAML";
    version = "6.0.2";
  };

  tools = {
    pkg-config = drv { name = "pkg-config-wrapper-0.29"; };
    libxml2 = drv { name = "libxml2-2.14"; };
    pcsclite = drv { name = "pcsclite-2.3"; };
    cargo-setup = drv { name = "cargo-setup-hook.sh"; };
    maturin-build = drv { name = "maturin-build-hook.sh"; };
    bindgen = drv { name = "rust-bindgen-hook"; };
  };
  hooks = {
    imports = drv {
      name = "python-imports-check-hook.sh";
      provides.setupHook = true;
    };
    old = drv { name = "pypa-install-hook"; };
  };

  pkgsFor =
    system:
    let
      python312 = pythonOf { inherit system packages; };
    in
    lib.makeExtensible (self: {
      inherit lib python312;
      python3 = self.python312;
      python3Packages = self.python312.pkgs;
      python2 = null;
      stdenv = stdenvOf system;
      fetchurl = args: drv ({ inherit (args) name; } // args);
      fetchPypi = args: drv ({ name = "pypi"; } // { pypi = args; });
      runCommand = name: args: script: drv (args // { inherit name script; });
      buildGoModule = drv;
      autoPatchelfHook = drv { name = "auto-patchelf-hook"; };
      ensureNewerSourcesForZipFilesHook = drv { name = "ensure-newer-sources-hook"; };
      cacert = drv { name = "nss-cacert-3.113"; };
      gitMinimal = drv { name = "git-minimal-2.51"; };
      unzip = drv { name = "unzip-6.0"; };
      ninja = drv { name = "ninja-1.12"; };
      cmake = drv { name = "cmake-3.31"; };
      cargo = drv { name = "cargo-1.86"; };
      rustc = drv { name = "rustc-1.86"; };
      rustPlatform.importCargoLock = args: drv ({ name = "cargo-vendor-dir"; } // args);
      pythonManylinuxPackages = {
        manylinux1 = [
          (drv { name = "zlib"; })
          (drv { name = "ncurses"; })
        ];
        manylinux2010 = [ (drv { name = "zlib-2010"; }) ];
        manylinux2014 = [ (drv { name = "zlib-2014"; }) ];
      };
      mkShell = args: drv (args // args.passthru);
      dockerTools.buildLayeredImage = drv;
    });
in
{
  inherit drv pkgsFor;
  pkgs = pkgsFor "x86_64-linux";

  # Whether evaluating a value stops.
  stops = value: !(builtins.tryEval (builtins.deepSeq value value)).success;
}
