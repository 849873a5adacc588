((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  lockHash = "";
  db = {
    url = "https://index.example/pypi.xz";
  };
}).lock.script
