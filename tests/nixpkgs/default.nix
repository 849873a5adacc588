# A small package set with the interface of nixpkgs, over the host's programs and Python: see CONTRACT.md.
{
  system ? host.system,
  overlays ? [ ],
  config ? { },
  host ?
    if builtins.pathExists ./host.json then
      builtins.fromJSON (builtins.readFile ./host.json)
    else
      throw ''
        tests/nixpkgs does not know its host: there is no host.json
        hint: tests/nixpkgs/host.sh'',
  # As in nixpkgs: a system, or { system, libc } for a musl to evaluate.
  localSystem ? system,
}:
let
  lib = import ./lib;
  packages = import ./all-packages.nix {
    inherit lib config host;
    hostPlatform = lib.systems.elaborate localSystem;
  };
  again =
    args:
    import ./. (
      {
        inherit
          system
          overlays
          config
          host
          ;
      }
      // args
    );
  variants = final: _: {
    inherit overlays;
    appendOverlays = extra: again { overlays = overlays ++ extra; };
    extend = overlay: final.appendOverlays [ overlay ];
    pkgsMusl = again {
      localSystem = {
        inherit system;
        libc = "musl";
      };
    };
  };
in
lib.fix (lib.extends (lib.composeManyExtensions ([ packages variants ] ++ overlays)) (_: { }))
