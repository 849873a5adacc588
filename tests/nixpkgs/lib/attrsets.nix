# nixpkgs: lib/attrsets.nix
{ lib }:
{
  inherit (builtins)
    attrNames
    attrValues
    catAttrs
    getAttr
    hasAttr
    intersectAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    ;

  nameValuePair = name: value: { inherit name value; };
  optionalAttrs = cond: attrs: if cond then attrs else { };
  genAttrs = names: f: lib.genAttrs' names (name: lib.nameValuePair name (f name));
  genAttrs' = xs: f: builtins.listToAttrs (map f xs);
  getAttrs = names: attrs: lib.genAttrs names (name: attrs.${name});
  filterAttrs =
    pred: attrs: removeAttrs attrs (builtins.filter (name: !pred name attrs.${name}) (builtins.attrNames attrs));
  mapAttrsToList = f: attrs: map (name: f name attrs.${name}) (builtins.attrNames attrs);
  mapAttrs' = f: attrs: builtins.listToAttrs (lib.mapAttrsToList f attrs);
  concatMapAttrs = f: attrs: builtins.foldl' (acc: x: acc // x) { } (lib.mapAttrsToList f attrs);
  attrByPath =
    path: default: set:
    if path == [ ] then
      set
    else if builtins.isAttrs set && set ? ${builtins.head path} then
      lib.attrByPath (builtins.tail path) default set.${builtins.head path}
    else
      default;
  attrsToList = lib.mapAttrsToList lib.nameValuePair;
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
