(import ../../.. { pkgs = (import ../fake.nix).pkgsFor "x86_64-freebsd"; }).environment { }
