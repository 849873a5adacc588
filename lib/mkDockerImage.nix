{
  arguments,
  legacyArguments,
  mkPython,
  ownArguments,
  ...
}:
let
  inherit (builtins)
    isAttrs
    isInt
    isList
    isString
    ;

  sharedOf = ownArguments {
    name = {
      type = "text";
      is = isString;
      line = ''name = "web";'';
    };
    tag = {
      type = "text";
      is = value: value == null || isString value;
      line = ''tag = "latest";'';
    };
    contents = {
      type = "a list of packages";
      is = isList;
      line = "contents = [ pkgs.cacert ];";
      called = [ "copyToRoot" ];
    };
    config = {
      type = "a set, the configuration of the image";
      is = isAttrs;
      line = ''config.Cmd = [ "python" "-m" "app" ];'';
      called = [
        "Cmd"
        "Entrypoint"
      ];
    };
    maxLayers = {
      type = "a number";
      is = isInt;
      line = "maxLayers = 100;";
    };
  };
in
/*
  A Docker image of the environment of `mkPython`, whose arguments it takes; beside them those of nixpkgs'
  `dockerTools.buildLayeredImage`: `name`, `tag`, `contents` (what is in it beside the environment), `config` (what it
  runs is the interpreter, unless `Cmd` or `Entrypoint` say otherwise) and `maxLayers`. Its `override` is of the arguments
  of that function, as in mach-nix.

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
  shared = legacyArguments (sharedOf args);
  given = arguments shared;
  env = mkPython shared;
in
given.pkgs.lib.makeOverridable given.pkgs.dockerTools.buildLayeredImage {
  inherit name tag maxLayers;
  contents = [ env ] ++ env.others ++ contents;
  config = (if config ? Entrypoint then { } else { Cmd = [ "${env}/bin/python" ]; }) // config;
}
