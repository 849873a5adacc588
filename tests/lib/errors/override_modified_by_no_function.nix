((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.b.patches.mod = [ ];
}).pkgs.b.src.patches
