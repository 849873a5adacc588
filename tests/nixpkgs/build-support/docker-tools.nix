# nixpkgs: pkgs/build-support/docker/default.nix. An image as `docker load` takes it, of a single layer: the closure of
# what is in it, and links to that at the root.
{
  lib,
  stdenvNoCC,
  closureInfo,
  buildEnv,
  writeText,
  host,
}:
{
  buildLayeredImage =
    {
      name,
      tag ? "latest",
      contents ? [ ],
      config ? { },
      maxLayers ? 100,
    }:
    assert maxLayers > 1;
    let
      root = buildEnv {
        name = "${name}-root";
        paths = lib.toList contents;
      };
      said = writeText "${name}-config.json" (builtins.toJSON {
        inherit config;
        os = "linux";
        rootfs.type = "layers";
      });
    in
    stdenvNoCC.mkDerivation {
      name = "${name}.tar.gz";
      passthru.imageTag = tag;
      # As there, what the configuration names is in the image too.
      closure = closureInfo {
        rootPaths = [
          root
          said
        ];
      };
      inherit root said;
      image = "${name}:${tag}";
      buildCommand = ''
        ${host.python.interpreter} -I ${./docker-image.py} "$closure/store-paths" "$root" "$said" "$image" "$out"
      '';
    };
}
