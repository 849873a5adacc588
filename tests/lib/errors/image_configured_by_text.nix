(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkDockerImage {
  lock = ../lock.toml;
  config = "python";
}
