(import ../../.. { inherit (import ../fake.nix) pkgs; }).fetchPypiWheel {
  pname = "flask";
  version = "3.1.0";
  db = {
    url = "https://index.example/pypi.xz";
    hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  };
}
