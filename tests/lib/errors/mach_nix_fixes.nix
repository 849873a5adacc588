(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  _fixes.numpy.mine.buildInputs.add = [ ];
}
