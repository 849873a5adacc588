(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  index = "https://index.example/simple";
  excludeNewer = "2026-01-31";
}
