(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { lock = ../requirements/app.txt; }
