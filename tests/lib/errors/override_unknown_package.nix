(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  _.opencv_pyton.buildInputs.add = [ ];
}
