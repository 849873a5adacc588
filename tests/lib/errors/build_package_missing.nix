(import ../../../lib).pool {
  inherit (import ../fake.nix) pkgs;
  base = { };
  filesUrl = null;
  entries = [ ];
} [ "setuptools==80.9.0" ]
