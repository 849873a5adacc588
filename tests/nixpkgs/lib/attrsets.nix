# nixpkgs: lib/attrsets.nix
{ lib }:
{
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    intersectAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    ;

  filterAttrs =
    pred: set:
    builtins.removeAttrs set (builtins.filter (name: !(pred name set.${name})) (builtins.attrNames set));
  nameValuePair = name: value: { inherit name value; };
  optionalAttrs = cond: attrs: if cond then attrs else { };
  genAttrs = names: f: lib.genAttrs' names (name: lib.nameValuePair name (f name));
  genAttrs' = xs: f: builtins.listToAttrs (map f xs);
  mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (builtins.attrNames attrs);
  mapAttrs' = f: attrs: builtins.listToAttrs (lib.mapAttrsToList f attrs);
  recursiveUpdate =
    left: right:
    left
    // builtins.mapAttrs (
      name: value:
      if builtins.isAttrs value && builtins.isAttrs (left.${name} or null) then
        lib.recursiveUpdate left.${name} value
      else
        value
    ) right;
}
