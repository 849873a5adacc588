((import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonApplication { src = "./project"; }).name
