(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  packagesExtra = [ "numpy" ];
}
