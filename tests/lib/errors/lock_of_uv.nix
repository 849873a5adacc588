(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "locked.toml" ''
    version = 1
    requires-python = ">=3.12"

    [[package]]
    name = "flask"
    version = "3.1.0"
  '';
}
