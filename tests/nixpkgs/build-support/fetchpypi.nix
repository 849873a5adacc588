# nixpkgs: pkgs/build-support/fetchpypi/default.nix. A file of the index by project and version.
#
# nixpkgs predicts the path of a file, as the index itself serves it. A mirror or a private index may not, so pins.json
# says where the files of this set lie (and their hash, which may then be left out); others are predicted.
{
  lib,
  fetchurl,
  host,
}:
let
  pins = lib.importJSON ../pins.json;

  fileOf =
    {
      pname,
      version,
      format ? "setuptools",
      extension ? "tar.gz",
      dist ? "py2.py3",
      python ? "py2.py3",
      abi ? "none",
      platform ? "any",
      ...
    }:
    {
      wheel = {
        name = "${pname}-${version}-${python}-${abi}-${platform}.whl";
        location = "packages/${dist}/${builtins.substring 0 1 pname}/${pname}";
      };
      setuptools = {
        name = "${pname}-${version}.${extension}";
        location = "packages/source/${builtins.substring 0 1 pname}/${pname}";
      };
    }
    .${format} or (throw "Unsupported format ${format}");
in
lib.makeOverridable (
  args@{
    hash ? "",
    sha256 ? "",
    ...
  }:
  let
    file = fileOf args;
    pin = pins.${file.name} or null;
    location = if pin == null then "${file.location}/${file.name}" else pin.location;
  in
  fetchurl {
    inherit (file) name;
    url = "${host.files}/${location}";
    inherit hash;
    sha256 = if hash == "" && sha256 == "" && pin != null then pin.sha256 else sha256;
    passthru = { inherit (args) pname version; };
  }
)
