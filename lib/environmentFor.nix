{ ... }:
/*
  The environment of an interpreter with packages of its set, by nixpkgs' own wrapper. That packages have one file in
  common is looked at by collisions.py and not by nixpkgs, which compares compiled modules too, where the place of the
  source is written, and names store paths alone. Programs of the packages `others` are found behind those of the
  environment. `postBuild` is shell text that is run last.

  Type: environmentFor ::
    { pkgs, python :: derivation, packages :: [derivation], others :: [derivation] ? [ ], ignoreCollisions :: bool,
      postBuild :: string } -> derivation

  Example:
    environmentFor { inherit pkgs; python = python3; packages = [ set.flask ]; ignoreCollisions = false; postBuild = ""; }
    => «derivation …-python3-3.12.11-env.drv»
*/
{
  pkgs,
  python,
  packages,
  others ? [ ],
  ignoreCollisions,
  postBuild,
}:
python.buildEnv.override {
  extraLibs = packages;
  makeWrapperArgs =
    if others == [ ] then [ ] else [ "--suffix PATH : ${pkgs.lib.makeBinPath others}" ];
  ignoreCollisions = true;
  postBuild =
    if ignoreCollisions then
      postBuild
    else
      ''
        ${python.interpreter} -I ${./collisions.py} "$out"
        ${postBuild}
      '';
}
