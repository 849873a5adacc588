(import ../../.. { pkgs = (import ../fake.nix).pkgsFor "aarch64-linux"; }).mkPython {
  lock = ../systems.toml;
  extras = [ "docs" ];
}
