(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../systems.toml;
  groups = "docs";
}
