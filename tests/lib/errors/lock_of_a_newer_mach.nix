(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "pylock.toml" "lock-version = '1.0'\n[tool.mach]\nversion = 2\n";
}
