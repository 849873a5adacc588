((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.b.buildInputs.add = "zlib";
}).pkgs.b.buildInputs
