{ ... }:
let
  inherit (builtins)
    attrNames
    filter
    listToAttrs
    mapAttrs
    removeAttrs
    ;
in
/*
  An overlay of somebody who calls projects by their own names, for a set in which nixpkgs' names are the packages' and
  the projects' names only lead there (packages.nix). What it says of `opencv-python` is of the set's `opencv4`, unless
  it also says something of that. `attrs` are the attributes by project, `set` is the set before mach.

  Type: byProject ::
    { set :: AttrSet, attrs :: AttrSet } -> (AttrSet -> AttrSet -> AttrSet) -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    byProject { set = python3.pkgs; attrs = { opencv-python = "opencv4"; }; }
      (self: super: { opencv-python = super.opencv-python.overridePythonAttrs (…); })
    => self: super: { opencv4 = super.opencv4.overridePythonAttrs (…); }
*/
{ set, attrs }:
let
  names = filter (name: attrs.${name} != name && !(set ? ${name})) (attrNames attrs);
  renamed = listToAttrs (
    map (name: {
      inherit name;
      value = attrs.${name};
    }) names
  );
in
overlay:
if names == [ ] then
  overlay
else
  self: super:
  let
    said = overlay self (super // mapAttrs (_name: attr: super.${attr}) renamed);
    moved = map (name: {
      name = attrs.${name};
      value = said.${name};
    }) (filter (name: said ? ${name}) names);
  in
  listToAttrs moved // removeAttrs said names
