{
  api,
  isSource,
  mkDockerImage,
  pythonWith,
  ...
}:
let
  inherit (builtins) isList isString mapAttrs;
in
/*
  The functions of mach for one nixpkgs, which they take for `pkgs` unless they are given another; and the dot
  interface on it. As in mach-nix a source stands for { src = …; }, a list for { packagesExtra = …; }, and of a file of
  the index the project and the version may be given one after the other.

  Type: forPkgs :: AttrSet -> AttrSet

  Example:
    (forPkgs nixpkgs.legacyPackages.x86_64-linux).mkPython { lock = ./pylock.toml; }
*/
pkgs:
let
  filledIn =
    function: args:
    if isSource args then
      function {
        inherit pkgs;
        src = args;
      }
    else if isList args then
      function {
        inherit pkgs;
        packagesExtra = args;
      }
    else if isString args then
      version:
      function {
        inherit pkgs version;
        pname = args;
      }
    else
      function ({ inherit pkgs; } // args);
in
mapAttrs (_name: filledIn) api
// {
  pythonWith = pythonWith { inherit pkgs; };
  dockerImageWith = pythonWith {
    inherit pkgs;
    make = mkDockerImage;
  };
}
