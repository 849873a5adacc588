(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = ../requirements/requirements.txt;
  requirementsExtra = "numpy";
}
