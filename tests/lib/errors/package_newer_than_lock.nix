((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage {
  src = ../project;
  lock = ../lock.toml;
}).name
