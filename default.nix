# mach without flakes:
#
#   (import mach { inherit pkgs; }).mkPython { requirements = builtins.readFile ./requirements.txt; }
#
# on the caller's nixpkgs, or with `system` instead of `pkgs` on the nixpkgs that flake.lock pins. One of the two is
# needed: which system an evaluation runs on is nobody's business here. All other arguments are defaults for the
# functions: `import mach { inherit pkgs; python = "python312"; }`.
{
  pkgs ? null,
  system ? null,
  ...
}@args:
let
  inherit (import ./lib) fail functionsFor;

  pinned =
    let
      inherit ((builtins.fromJSON (builtins.readFile ./flake.lock)).nodes.nixpkgs) locked;
    in
    import
      (builtins.fetchTarball {
        url = "https://github.com/${locked.owner}/${locked.repo}/archive/${locked.rev}.tar.gz";
        sha256 = locked.narHash;
      })
      {
        inherit system;
        config = { };
        overlays = [ ];
      };

  chosen =
    if pkgs != null then
      pkgs
    else if system != null then
      pinned
    else
      fail {
        what = "neither pkgs nor a system was given";
        where = "the arguments of `import mach`";
        hint = "(import mach { inherit pkgs; }).mkPython { … }";
      };
in
functionsFor (removeAttrs args [ "system" ] // { pkgs = chosen; })
