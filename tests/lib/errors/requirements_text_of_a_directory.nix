((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = [
    "flask"
    "-e ."
  ];
}).lock.script
