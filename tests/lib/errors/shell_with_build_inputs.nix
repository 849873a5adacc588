(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPythonShell {
  lock = ../lock.toml;
  buildInputs = [ ];
}
