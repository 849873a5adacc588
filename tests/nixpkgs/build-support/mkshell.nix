# nixpkgs: pkgs/build-support/mkshell/default.nix. A derivation whose build inputs are a shell's.
{ lib, stdenv }:
{
  name ? "nix-shell",
  packages ? [ ],
  inputsFrom ? [ ],
  nativeBuildInputs ? [ ],
  buildInputs ? [ ],
  shellHook ? "",
  passthru ? { },
}:
let
  # What the others are built with, but not these others themselves.
  inputsOf =
    kind: builtins.filter (input: !(builtins.elem input inputsFrom)) (
      builtins.concatMap (drv: drv.${kind} or [ ]) inputsFrom
    );
  hooks = builtins.filter (hook: hook != "") (
    map (drv: drv.shellHook or "") (lib.reverseList inputsFrom) ++ [ shellHook ]
  );
in
stdenv.mkDerivation {
  inherit name passthru;
  nativeBuildInputs = packages ++ nativeBuildInputs ++ inputsOf "nativeBuildInputs";
  buildInputs = buildInputs ++ inputsOf "buildInputs";
  shellHook = lib.concatStringsSep "\n" hooks;
  phases = [ "buildPhase" ];
  # The variables of the shell, which refer to all of its inputs.
  buildPhase = ''export >"$out"'';
  preferLocalBuild = true;
}
