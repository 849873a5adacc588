{
  arguments,
  legacyArguments,
  mkPython,
  ownArguments,
  ...
}:
let
  inherit (builtins) isList isString;

  sharedOf = ownArguments {
    name = {
      type = "text";
      is = isString;
      line = ''name = "python-shell";'';
    };
    packages = {
      type = "a list of packages";
      is = isList;
      line = "packages = [ pkgs.ruff ];";
      called = [
        "buildInputs"
        "nativeBuildInputs"
      ];
    };
    inputsFrom = {
      type = "a list of packages";
      is = isList;
      line = "inputsFrom = [ pkgs.hello ];";
    };
    shellHook = {
      type = "shell text";
      is = isString;
      line = ''shellHook = "export FLASK_DEBUG=1";'';
    };
  };
in
/*
  A shell with the environment of `mkPython`, whose arguments it takes; beside them those of nixpkgs' `mkShell`
  `name`, `packages`, `inputsFrom` and `shellHook`. The environment is in `env`.

  Type: mkPythonShell :: AttrSet -> derivation

  Example:
    mkPythonShell { inherit pkgs; lock = ./pylock.toml; packages = [ pkgs.ruff ]; }
    => «derivation …-python-shell.drv»
*/
args@{
  name ? "python-shell",
  packages ? [ ],
  inputsFrom ? [ ],
  shellHook ? "",
  ...
}:
let
  shared = legacyArguments (sharedOf args);
  given = arguments shared;
  env = mkPython shared;
in
given.pkgs.mkShell {
  inherit name inputsFrom shellHook;
  packages = [ env ] ++ env.others ++ packages;
  passthru = { inherit env; };
}
