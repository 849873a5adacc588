{ mkPython, ... }:
/*
  The NixOS module: environments among the system's packages, each with the arguments of `mkPython` but `pkgs`, which is
  the system's.

  Type: nixosModule :: AttrSet -> AttrSet

  Example:
    { imports = [ mach.nixosModules.default ]; mach.environments.tools.lock = ./pylock.toml; }
*/
{
  config,
  lib,
  pkgs,
  ...
}:
{
  options.mach.environments = lib.mkOption {
    type = lib.types.attrsOf (lib.types.attrsOf lib.types.raw);
    default = { };
    description = "Python environments for the system's packages: the arguments of mach.lib.mkPython, by name.";
    example = lib.literalExpression ''{ tools.requirements = "flask\nnumpy"; }'';
  };
  config.environment.systemPackages = lib.mapAttrsToList (
    _name: args: mkPython ({ inherit pkgs; } // args)
  ) config.mach.environments;
}
