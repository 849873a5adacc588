(import ../../.. { inherit (import ../fake.nix) pkgs; }).fetchPypiSdist { pname = "six"; }
