(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  python = "3.12.4";
}
