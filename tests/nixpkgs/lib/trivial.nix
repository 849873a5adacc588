# nixpkgs: lib/trivial.nix, lib/asserts.nix
{ lib }:
{
  inherit (builtins)
    isAttrs
    isBool
    isInt
    isList
    isPath
    isString
    seq
    deepSeq
    ;

  id = x: x;
  const = x: _: x;
  flip =
    f: a: b:
    f b a;
  pipe = builtins.foldl' (x: f: f x);

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
  max = a: b: if a > b then a else b;
  boolToString = b: if b then "true" else "false";
  importJSON = path: builtins.fromJSON (builtins.readFile path);
  importTOML = path: builtins.fromTOML (builtins.readFile path);

  warn = message: builtins.trace "warning: ${message}";
  warnIf = cond: message: if cond then lib.warn message else lib.id;
  throwIf = cond: message: if cond then throw message else lib.id;
  throwIfNot = cond: message: if cond then lib.id else throw message;
  assertMsg = pred: message: pred || throw message;
}
