# nixpkgs: lib/fixed-points.nix
{ lib }:
rec {
  fix =
    f:
    let
      x = f x;
    in
    x;

  # An overlay is final: prev: { changes }.
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;

  composeExtensions =
    first: second: final: prev:
    let
      firstResult = first final prev;
    in
    firstResult // second final (prev // firstResult);

  composeManyExtensions = lib.foldr composeExtensions (_: _: { });

  makeExtensible = makeExtensibleWithCustomName "extend";

  makeExtensibleWithCustomName =
    extenderName: rattrs:
    fix (
      self:
      (rattrs self)
      // {
        ${extenderName} = f: makeExtensibleWithCustomName extenderName (extends f rattrs);
      }
    );

  # What overrideAttrs and its like accept: attributes, prev: attributes, or final: prev: attributes.
  toExtension =
    f:
    if lib.isFunction f then
      final: prev:
      let
        applied = f prev;
      in
      if lib.isFunction applied then f final prev else applied
    else
      _: _: f;
}
