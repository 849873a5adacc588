((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { packagesExtra = [ ../projekt ]; }).lock.script
