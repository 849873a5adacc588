(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "a\nopencv-python";
  lock = ../lock.toml;
  groups = [ "dev" ];
}
