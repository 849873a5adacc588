(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython "flask"
