{ extraPackages, packages, ... }:
/*
  The whole overlay of a lock, as lockFor gives it: the caller's overlays before, the packages and those of
  `packagesExtra`, the caller's overlays after.

  Type: overlayFor ::
    { arguments, lock, attrs :: AttrSet, where, relock :: string ? "" } -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    overlayFor (lockFor (arguments args) // { arguments = arguments args; })
*/
{
  arguments,
  lock,
  attrs,
  where ? "",
  relock ? "",
  ...
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
  ++ (
    if arguments.extra.projects ++ arguments.extra.built == [ ] then
      [ ]
    else
      [
        (extraPackages {
          inherit
            arguments
            lock
            attrs
            where
            relock
            ;
        }).overlay
      ]
  )
  ++ arguments.overridesPost
)
