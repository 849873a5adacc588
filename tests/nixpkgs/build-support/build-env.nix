# nixpkgs: pkgs/build-support/buildenv. A tree of links into several packages.
{
  lib,
  stdenvNoCC,
  host,
}:
lib.makeOverridable (
  {
    name,
    paths,
    ignoreCollisions ? false,
    checkCollisionContents ? true,
    pathsToLink ? [ "/" ],
    extraOutputsToInstall ? [ ],
    extraPrefix ? "",
    postBuild ? "",
    nativeBuildInputs ? [ ],
    buildInputs ? [ ],
    passthru ? { },
    meta ? { },
  }:
  let
    outputsOf =
      drv:
      (
        if drv.outputSpecified or false || !(drv ? meta.outputsToInstall) then
          [ drv ]
        else
          map (output: drv.${output}) drv.meta.outputsToInstall
      )
      ++ map (output: drv.${output}) (builtins.filter (output: drv ? ${output}) extraOutputsToInstall);
  in
  stdenvNoCC.mkDerivation {
    inherit
      name
      nativeBuildInputs
      buildInputs
      postBuild
      meta
      ;
    passthru = passthru // {
      inherit paths;
    };
    plan = builtins.toJSON {
      inherit
        ignoreCollisions
        checkCollisionContents
        pathsToLink
        extraPrefix
        ;
      packages = map (drv: {
        priority = drv.meta.priority or 5;
        paths = lib.unique (map toString (outputsOf drv));
      }) paths;
    };
    passAsFile = [
      "plan"
      "buildCommand"
    ];
    preferLocalBuild = true;
    allowSubstitutes = false;
    buildCommand = ''
      ${host.python.interpreter} -I ${./build-env.py} "$planPath" "$out"
      eval "$postBuild"
    '';
  }
)
