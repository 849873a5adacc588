(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = ../lock.toml;
  providers.A = "sdist,nixpkgs";
}
