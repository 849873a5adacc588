(import ../../.. { inherit (import ../fake.nix) pkgs; }).fetchPypiWheel {
  name = "six";
  version = "1.17.0";
}
