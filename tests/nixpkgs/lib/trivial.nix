# nixpkgs: lib/trivial.nix, lib/asserts.nix
{ lib }:
{
  inherit (builtins)
    isAttrs
    isBool
    isList
    isPath
    isString
    ;

  id = x: x;

  isFunction = f: builtins.isFunction f || (f ? __functor && lib.isFunction (f.__functor f));

  # A function's formal arguments, also for a functor made by setFunctionArgs.
  functionArgs =
    f: if f ? __functor then f.__functionArgs or (lib.functionArgs (f.__functor f)) else builtins.functionArgs f;
  setFunctionArgs = f: args: {
    __functor = _: f;
    __functionArgs = args;
  };
  mirrorFunctionArgs =
    f:
    let
      args = lib.functionArgs f;
    in
    g: lib.setFunctionArgs g args;
  toFunction = v: if lib.isFunction v then v else _: v;

  min = a: b: if a < b then a else b;
  importJSON = path: builtins.fromJSON (builtins.readFile path);

  warn = message: builtins.trace "warning: ${message}";
}
