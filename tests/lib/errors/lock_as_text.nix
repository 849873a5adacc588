(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.readFile ../lock.toml;
}
