# nixpkgs: pkgs/build-support/trivial-builders (makeSetupHook). A script as a package that a build sources.
{ lib, stdenvNoCC }:
{
  name,
  propagatedBuildInputs ? [ ],
  propagatedNativeBuildInputs ? [ ],
  substitutions ? { },
  passthru ? { },
  meta ? { },
}:
script:
let
  names = builtins.attrNames substitutions;
  value = name: toString substitutions.${name};
in
stdenvNoCC.mkDerivation {
  inherit
    name
    propagatedBuildInputs
    propagatedNativeBuildInputs
    passthru
    meta
    ;
  hook = builtins.replaceStrings (map (name: "@${name}@") names) (map value names) (builtins.readFile script);
  passAsFile = [ "hook" ];
  buildCommand = ''
    mkdir -p "$out/nix-support"
    cp "$hookPath" "$out/nix-support/setup-hook"
    recordPropagatedDependencies
  '';
}
