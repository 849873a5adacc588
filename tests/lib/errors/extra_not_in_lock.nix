((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  packagesExtra = [ ../project ];
}).pkgs.my-project
