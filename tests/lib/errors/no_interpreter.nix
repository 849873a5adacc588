let
  inherit (import ../fake.nix) pkgs;
in
(import ../../.. { inherit pkgs; }).mkPython {
  lock = ../lock.toml;
  python = pkgs.unzip;
}
