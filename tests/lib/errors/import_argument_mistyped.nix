import ../../.. {
  inherit (import ../fake.nix) pkgs;
  providers = "wheel";
}
