((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.b.buildInputs = {
    add = [ ];
    mod = old: old;
  };
}).pkgs.b.src.buildInputs
