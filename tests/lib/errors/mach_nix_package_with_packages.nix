(import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage {
  src = ../project;
  extra_pkgs = [ ];
}
