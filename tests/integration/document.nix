# An example of docs/api.md, which `document` tries: `block` is the file that has it, `directory` where the files are. In
# it there are `mach`, the functions for a nixpkgs, and `pkgs`.
{
  directory,
  block ? null,
  pkgs ? import (directory + "/nixpkgs") { },
}:
let
  set = pkgs.extend (import (directory + "/nixpkgs/overlay.nix"));
  functions = import ../.. { pkgs = set; };
  flake = {
    lib = import ../../lib;
    nixosModules.default = flake.lib.nixosModule;
    overlays.default = flake.lib.overlay;
  };
  value = builtins.scopedImport {
    # `import mach` is that of the repository.
    mach = functions // flake // { outPath = ../..; };
    pkgs = set;
  } block;

  # In as much of NixOS's module system as the module asks for.
  evaluated =
    let
      own = if builtins.isFunction value then value { pkgs = set; } else value;
    in
    map (
      module:
      module {
        pkgs = set;
        lib = set.lib // {
          mkOption = option: option;
          types = {
            attrsOf = _: "attrsOf";
            raw = "raw";
          };
          literalExpression = text: text;
        };
        config = removeAttrs own [ "imports" ];
      }
    ) own.imports;
in
{
  inherit value;
  # What Nix itself would not take for a derivation is none.
  derivation =
    assert value.type == "derivation";
    value;
  module = builtins.concatMap (module: module.config.environment.systemPackages) evaluated;
  target = builtins.toJSON (functions.environment { });
}
