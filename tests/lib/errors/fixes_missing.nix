((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "flask";
  fixes = [ ./my-overrides ];
}).lock.script
