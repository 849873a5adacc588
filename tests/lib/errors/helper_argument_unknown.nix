(import ../../.. { inherit (import ../fake.nix) pkgs; }).helper { version = "1"; }
