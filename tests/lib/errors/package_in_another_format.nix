((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonApplication {
  src = ../project;
  format = "other";
}).name
