(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython ./requirements.txt
