(import ../../../lib).pool {
  inherit (import ../fake.nix) pkgs;
  base = { };
  fetch = _: { };
  entries = [ ];
} [ "setuptools==80.9.0" ]
