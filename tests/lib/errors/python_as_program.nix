(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  python = "python3.12";
}
