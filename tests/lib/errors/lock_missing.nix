(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ./pylock.toml;
  providers.numpy = "sdist";
}
