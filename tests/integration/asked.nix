# What the environments of default.nix are asked for: arguments of mkPython by the name of the lock, and the database
# that `run` resolves them with.
{ pkgs, filesUrl }:
let
  # A nixpkgs in which a package is broken.
  brokenIdna = pkgs.extend (
    _final: prev: {
      pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [
        (_self: super: {
          idna = super.idna.overridePythonAttrs (old: {
            meta = old.meta // {
              broken = true;
            };
          });
        })
      ];
    }
  );

  # A package of somebody's own that needs one of nixpkgs.
  addKeys = self: _super: {
    keys = self.buildPythonPackage {
      pname = "keys";
      version = "1";
      format = "other";
      dontUnpack = true;
      installPhase = ''
        mkdir -p "$out/${self.python.sitePackages}"
        echo 'from Xlib.XK import XK_Escape' > "$out/${self.python.sitePackages}/keys.py"
      '';
      dependencies = [ self.xlib ];
    };
  };

  # A project that the set has at two versions, and a package that takes the first.
  addAges =
    self: _super:
    let
      module =
        pname: version: dependencies:
        self.buildPythonPackage {
          inherit pname version dependencies;
          format = "other";
          dontUnpack = true;
          installPhase = ''
            mkdir -p "$out/${self.python.sitePackages}"
            echo 'version = "${version}"' > "$out/${self.python.sitePackages}/${pname}.py"
          '';
        };
    in
    {
      age = module "age" "2.0" [ ];
      age_1 = module "age" "1.0" [ ];
      ages = module "ages" "1.0" [ self.age ];
    };

  common = { inherit pkgs filesUrl; };
in
{
  # Every provider at once.
  everything = common // {
    db = ../../lib/database/pypi.xz;
    requirements = ''
      flask  # pure wheels
      numpy  # a wheel with native code
    '';
    providers = {
      itsdangerous = "sdist"; # in Python alone
      markupsafe = "sdist"; # in C
      jinja2 = "nixpkgs"; # needs markupsafe
    };
  };

  # Libraries of nixpkgs, a Cython of the index, and a build backend that lies in the source itself.
  native = common // {
    db = ../../lib/database/pypi.xz;
    requirements = "pyyaml";
    providers.pyyaml = "sdist";
  };

  # This release needs sphinx, which needs it.
  cycle = common // {
    db = ../../lib/database/pypi.xz;
    requirements = ''
      sphinx
      sphinxcontrib-serializinghtml==1.1.9
    '';
  };

  # What nixpkgs' hooks are made of, in other versions than nixpkgs has, beside a package that is built with them.
  hookTools = common // {
    db = ../../build/integration/records.xz;
    requirements = ''
      installer
      packaging
      pyyaml
      setuptools
      wheel
    '';
    providers = {
      setuptools = "wheel";
      wheel = "wheel";
    };
  };

  # nixpkgs calls python-xlib otherwise, and an overlay that comes before mach's has a package that needs it.
  renamed = common // {
    overridesPre = [ addKeys ];
    db = ../../build/integration/records.xz;
    requirements = ''
      keys
      python-xlib
    '';
  };

  # What the set has under another attribute is what its own packages get too.
  variant = common // {
    overridesPre = [ addAges ];
    db = ../../build/integration/records.xz;
    requirements = ''
      ages
      age<2
    '';
  };

  # A wheel with native code for each of two systems; default.nix has the other one's environment.
  bothSystems = common // {
    db = ../../lib/database/pypi.xz;
    requirements = "markupsafe";
  };

  # What nixpkgs cannot give comes from elsewhere: idna is broken there, tomli null.
  unusable = common // {
    pkgs = brokenIdna;
    db = ../../lib/database/pypi.xz;
    requirements = ''
      idna
      tomli
    '';
    providers._default = "nixpkgs,wheel";
  };
}
