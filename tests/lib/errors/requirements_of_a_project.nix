((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ../project; }).lock.script
