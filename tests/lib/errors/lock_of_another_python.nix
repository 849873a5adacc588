let
  inherit (import ../fake.nix) pkgs;
in
(import ../../.. { inherit pkgs; }).mkPython {
  lock = ../lock.toml;
  python = pkgs.python3 // {
    pythonVersion = "3.13";
  };
}
