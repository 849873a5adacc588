(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  lockHash = "nonsense";
}
