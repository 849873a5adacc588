let
  fake = import ../fake.nix;
in
((import ../../../lib).packagesExtra
  {
    inherit (fake) pkgs;
    python = fake.drv {
      name = "python3-3.13.0";
      version = "3.13.0";
    };
  }
  [ ((import ../../.. { inherit (fake) pkgs; }).buildPythonPackage ../project) ]
).built
