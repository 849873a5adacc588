(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = [
    "flask"
    "numpy"
  ];
  extras = [ "async" ];
}
