((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.b.buildInputs.ad = [ ];
}).pkgs.b.src.buildInputs
