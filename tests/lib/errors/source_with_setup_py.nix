((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage ../setups).lock.script
