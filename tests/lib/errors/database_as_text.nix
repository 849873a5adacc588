((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  lockHash = "";
  database = "https://index.example/pypi.xz";
}).lock.script
