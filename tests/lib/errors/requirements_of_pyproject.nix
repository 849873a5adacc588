((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { requirements = ../project/pyproject.toml; }).lock.script
