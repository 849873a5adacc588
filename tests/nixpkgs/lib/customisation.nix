# nixpkgs: lib/customisation.nix
{ lib }:
rec {
  # f whose result carries `override`, which calls f again with some arguments changed.
  makeOverridable =
    f:
    lib.mirrorFunctionArgs f (
      origArgs:
      let
        result = f origArgs;
        overrideArgs = lib.mirrorFunctionArgs f (
          newArgs: makeOverridable f (origArgs // (if lib.isFunction newArgs then newArgs origArgs else newArgs))
        );
        overrideResult = g: makeOverridable (lib.mirrorFunctionArgs f (args: g (f args))) origArgs;
      in
      if builtins.isAttrs result then
        result
        // {
          override = overrideArgs;
          ${if result ? overrideAttrs then "overrideAttrs" else null} =
            fdrv: overrideResult (x: x.overrideAttrs fdrv);
        }
      else if lib.isFunction result then
        lib.setFunctionArgs result (lib.functionArgs result) // { override = overrideArgs; }
      else
        result
    );

  callPackageWith =
    autoArgs: fn: args:
    let
      f = if lib.isFunction fn then fn else import fn;
      fargs = lib.functionArgs f;
      given = autoArgs // args;
      missing = builtins.filter (name: !fargs.${name} && !(given ? ${name})) (builtins.attrNames fargs);
    in
    if missing == [ ] then
      makeOverridable f (builtins.intersectAttrs fargs autoArgs // args)
    else
      throw "callPackage: function called without required argument ${builtins.head missing}";

  # A set with its own callPackage, which sees the set before the packages around it.
  makeScope =
    newScope: f:
    let
      self = f self // {
        newScope = scope: newScope (self // scope);
        callPackage = self.newScope { };
        overrideScope = g: makeScope newScope (lib.extends g f);
        packages = f;
      };
    in
    self;
}
