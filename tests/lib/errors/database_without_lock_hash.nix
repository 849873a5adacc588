((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  db = {
    url = "https://index.example/pypi.xz";
    hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  };
}).lock.script
