(import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage {
  src = ../project;
  packagesExtra = [ ../project ];
}
