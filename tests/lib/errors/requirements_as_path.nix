(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = ../lock.toml;
}
