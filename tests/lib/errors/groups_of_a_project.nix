(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  packagesExtra = [ ../project ];
  groups = [ "dev" ];
}
