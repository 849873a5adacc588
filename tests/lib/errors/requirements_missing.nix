((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ./requirements.txt; }).lock.script
