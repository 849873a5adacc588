((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ../requirements/lacking.in; }).lock.script
