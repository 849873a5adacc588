let
  inherit (import ../fake.nix) pkgs;
in
(import ../../../lib).nixpkgs {
  inherit pkgs;
  set = pkgs.python3.pkgs;
  entry = {
    name = "gone";
    version = "1";
    tool.mach.attr = "gone";
  };
}
