let
  inherit (import ../fake.nix) pkgs;
in
(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../project/pylock.toml;
  packagesExtra = [ (pkgs.python3.pkgs.buildPythonPackage { pname = "a"; version = "1"; }) ];
}
