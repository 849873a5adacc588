((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { packagesExtra = [ ../requirements ]; }).lock.script
