(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../tags.toml;
  providers.mine = "github:other/mine?dir=py,wheel";
}
