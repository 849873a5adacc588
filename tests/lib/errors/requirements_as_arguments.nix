(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython [
  "flask>=3"
  "numpy"
]
