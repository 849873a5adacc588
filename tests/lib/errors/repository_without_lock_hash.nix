((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = "mine";
  providers.mine = "github:owner/mine";
}).lock.script
