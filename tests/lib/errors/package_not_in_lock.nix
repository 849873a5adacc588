((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage {
  src = ../project;
  lock = ../project/older.toml;
}).name
