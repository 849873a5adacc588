{
  api,
  mkDockerImage,
  pythonWith,
  ...
}:
/*
  The functions of mach for one nixpkgs, which they take for `pkgs` unless they are given another; and the dot
  interface on it.

  Type: forPkgs :: AttrSet -> AttrSet

  Example:
    (forPkgs nixpkgs.legacyPackages.x86_64-linux).mkPython { lock = ./pylock.toml; }
*/
pkgs:
builtins.mapAttrs (_name: function: args: function ({ inherit pkgs; } // args)) api
// {
  pythonWith = pythonWith { inherit pkgs; };
  dockerImageWith = pythonWith {
    inherit pkgs;
    make = mkDockerImage;
  };
}
