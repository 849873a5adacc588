((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage {
  src = ../pyprojects/dynamic;
  lock = ../pyprojects/dynamic.toml;
}).name
