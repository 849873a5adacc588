(import ../../../lib).wheel {
  pkgs.stdenv.hostPlatform.system = "aarch64-linux";
  base.buildPythonPackage = package: package.src;
  fetch = { file, ... }: file;
  dependencies = [ ];
  entry = {
    name = "numpy";
    version = "2.3.0";
    wheels = [ ];
    tool.mach.wheel.x86_64-linux = "numpy-2.3.0-cp312-cp312-manylinux_2_28_x86_64.whl";
  };
}
