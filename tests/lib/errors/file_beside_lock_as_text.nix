((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = toString ../systems.toml;
}).pkgs.beside.src
