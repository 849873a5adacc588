{ arguments, mkPython, ... }:
/*
  A Docker image of the environment of `mkPython`, whose arguments it takes; beside them those of nixpkgs'
  `dockerTools.buildLayeredImage`: `name`, `tag`, `contents` (what is in it beside the environment), `config` (what it
  runs is the interpreter, unless `Cmd` or `Entrypoint` say otherwise) and `maxLayers`.

  Type: mkDockerImage :: AttrSet -> derivation

  Example:
    mkDockerImage { inherit pkgs; lock = ./pylock.toml; config.Cmd = [ "gunicorn" "app:app" ]; }
    => «derivation …-python.tar.gz.drv»
*/
args@{
  name ? "python",
  tag ? "latest",
  contents ? [ ],
  config ? { },
  maxLayers ? 100,
  ...
}:
let
  shared = removeAttrs args [
    "name"
    "tag"
    "contents"
    "config"
    "maxLayers"
  ];
  given = arguments shared;
  env = mkPython shared;
in
given.pkgs.dockerTools.buildLayeredImage {
  inherit name tag maxLayers;
  contents = [ env ] ++ env.others ++ contents;
  config = (if config ? Entrypoint then { } else { Cmd = [ "${env}/bin/python" ]; }) // config;
}
