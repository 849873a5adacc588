(import ../../.. { inherit (import ../fake.nix) pkgs; }).environment { pyhton = "python312"; }
