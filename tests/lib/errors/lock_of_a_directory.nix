(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { lock = ../project; }
