((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ../requirements/ap.txt; }).lock.script
