{ packages, ... }:
/*
  The whole overlay of a lock: the caller's overlays before, the packages, the caller's overlays after.

  Type: overlayFor :: { arguments :: AttrSet, lock :: AttrSet, attrs :: AttrSet } -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    overlayFor { arguments = arguments args; inherit (lockFor (arguments args)) lock attrs; }
*/
{
  arguments,
  lock,
  attrs,
}:
arguments.pkgs.lib.composeManyExtensions (
  arguments.overridesPre
  ++ [
    (packages {
      inherit (arguments)
        pkgs
        python
        filesUrl
        fixes
        ;
      inherit lock attrs;
      # The files beside a lock are not beside its copy in the store, which text would name.
      directory = if builtins.isPath arguments.lock then dirOf arguments.lock else null;
    })
  ]
  ++ arguments.overridesPost
)
