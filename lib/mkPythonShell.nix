{
  arguments,
  editable,
  legacyArguments,
  mkPython,
  ownArguments,
  ...
}:
let
  inherit (builtins)
    filter
    isBool
    isList
    isPath
    isString
    ;
  editableOf = editable;

  sharedOf = ownArguments {
    editable = {
      type = "true or false";
      is = isBool;
      line = "editable = true;";
    };
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
  `name`, `packages`, `inputsFrom` and `shellHook`. The environment is in `env`. The code of what the lock calls editable
  is found where it lies, and with `editable = true` that of the paths in `packagesExtra` (editable.nix).

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
  editable ? false,
  ...
}:
let
  shared = legacyArguments (sharedOf args);
  given = arguments shared;
  env = mkPython shared;
in
given.pkgs.mkShell {
  inherit name inputsFrom;
  shellHook =
    editableOf {
      inherit (given) lock;
      sources = if editable then filter isPath (shared.packagesExtra or [ ]) else [ ];
      directories = env.editable;
    }
    + shellHook;
  packages = [ env ] ++ env.others ++ packages;
  passthru = { inherit env; };
}
