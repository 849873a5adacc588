(import ../../.. { inherit (import ../fake.nix) pkgs; }).buildPythonPackage { pname = "hello"; }
