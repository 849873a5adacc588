((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  lockHash = "";
  db = "https://index.example/pypi.xz";
}).lock.script
