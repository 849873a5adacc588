# nixpkgs: pkgs/top-level/python-packages.nix. The packages of the Python set.
self: _:
let
  inherit (self) callPackage;
  bootstrap = args: callPackage (import ./bootstrap.nix args) { };
in
{
  # What the hooks are made of.
  build = bootstrap {
    pname = "build";
    version = "1.3.0";
    dependencies = [
      self.packaging
      self.pyproject-hooks
    ];
  };
  flit-core = bootstrap {
    pname = "flit-core";
    version = "3.12.0";
  };
  installer = bootstrap {
    pname = "installer";
    version = "0.7.0";
  };
  packaging = bootstrap {
    pname = "packaging";
    version = "25.0";
  };
  pyproject-hooks = bootstrap {
    pname = "pyproject-hooks";
    version = "1.2.0";
  };
  setuptools = bootstrap {
    pname = "setuptools";
    version = "80.9.0";
  };
  wheel = bootstrap {
    pname = "wheel";
    version = "0.45.1";
  };

  certifi = callPackage ./certifi.nix { };
  charset-normalizer = callPackage ./charset-normalizer.nix { };
  cython = callPackage ./cython.nix { };
  idna = callPackage ./idna.nix { };
  itsdangerous = callPackage ./itsdangerous.nix { };
  jinja2 = callPackage ./jinja2.nix { };
  markupsafe = callPackage ./markupsafe.nix { };
  psycopg2 = callPackage ./psycopg2.nix { };
  pyyaml = callPackage ./pyyaml.nix { };
  requests = callPackage ./requests.nix { };
  six = callPackage ./six.nix { };
  # In the standard library since 3.11.
  tomli = null;
  urllib3 = callPackage ./urllib3.nix { };
  xlib = callPackage ./xlib.nix { };
}
