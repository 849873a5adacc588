# nixpkgs: lib/systems/doubles.nix
{ lib }:
rec {
  linux = map (cpu: "${cpu}-linux") [
    "x86_64"
    "aarch64"
    "i686"
    "armv7l"
    "riscv64"
    "powerpc64le"
  ];
  darwin = [
    "x86_64-darwin"
    "aarch64-darwin"
  ];
  unix = linux ++ darwin;
  all = unix;
}
