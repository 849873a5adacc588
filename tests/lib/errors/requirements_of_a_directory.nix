((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ../requirements; }).lock.script
