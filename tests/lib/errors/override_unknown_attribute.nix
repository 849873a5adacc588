((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.a.buildInput.add = [ ];
}).pkgs.a.name
