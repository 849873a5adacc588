{ scope, fake }:
let
  # As much of NixOS's lib as the module asks for.
  lib = {
    mkOption = option: option;
    types = {
      attrsOf = type: { inherit type; };
      raw = "raw";
    };
    literalExpression = text: { inherit text; };
    mapAttrsToList = f: set: map (name: f name set.${name}) (builtins.attrNames set);
  };
  module = scope.nixosModule {
    inherit lib;
    inherit (fake) pkgs;
    config.mach.environments.tools.lock = ./lock.toml;
  };
in
{
  environmentsAreTheSystems = {
    expr = map (package: package.name) module.config.environment.systemPackages;
    expected = [ "python3-3.12.4-env" ];
  };
  thereIsNoneByDefault = {
    expr = module.options.mach.environments.default;
    expected = { };
  };
}
