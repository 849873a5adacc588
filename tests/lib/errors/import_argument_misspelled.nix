import ../../.. {
  inherit (import ../fake.nix) pkgs;
  pyton = "python312";
}
