{ arguments, mkPython, ... }:
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
  shared = removeAttrs args [
    "name"
    "packages"
    "inputsFrom"
    "shellHook"
  ];
  given = arguments shared;
  env = mkPython shared;
in
given.pkgs.mkShell {
  inherit name inputsFrom shellHook;
  packages = [ env ] ++ env.others ++ packages;
  passthru = { inherit env; };
}
