((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  lockHash = "";
  db = {
    url = "https://index.example/pypi.xz";
    hash = "md5-abc";
  };
}).lock.script
