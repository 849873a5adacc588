(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask>=3";
  extras = [ "async" ];
}
