(import ../../.. { inherit (import ../fake.nix) pkgs; }).shellWith.numpy
