(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirments = "flask";
}
