(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython { lock = builtins.toFile "pylock.toml" ""; }
