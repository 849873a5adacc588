(import ../../../lib).manylinux {
  inherit (import ../fake.nix) pkgs;
  name = "numpy";
  file = "numpy-2.3.0-cp312-cp312-musllinux_1_2_x86_64.whl";
}
