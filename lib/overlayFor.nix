{ packages, ... }:
/*
  The whole overlay of a lock: the caller's overlays before, the packages, the caller's overlays after.

  Type: overlayFor :: { arguments :: AttrSet, lock :: AttrSet } -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    overlayFor { arguments = arguments args; lock = readLock …; }
*/
{ arguments, lock }:
arguments.pkgs.lib.composeManyExtensions (
  arguments.overridesPre
  ++ [
    (packages {
      inherit (arguments) pkgs python filesUrl;
      inherit lock;
      # The files beside a lock are not beside its copy in the store, which text would name.
      directory = if builtins.isPath arguments.lock then dirOf arguments.lock else null;
    })
  ]
  ++ arguments.overridesPost
)
