(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "pylock.toml" ''
    lock-version = "1.0"
    <<<<<<< HEAD
    created-by = "mach"
    =======
    >>>>>>> other
  '';
}
