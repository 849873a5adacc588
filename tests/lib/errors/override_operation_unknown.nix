((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.b.buildInputs.append = [ ];
}).pkgs.b.src.buildInputs
