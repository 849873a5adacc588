{
  extraPackages,
  packages,
  simpleOverrides,
  tested,
  ...
}:
/*
  The whole overlay of a lock, as lockFor gives it: the caller's overlays before, the packages and those of
  `packagesExtra`, the caller's overlays after, and the simplified overrides of `_`.

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
let
  hasExtra = arguments.extra.projects ++ arguments.extra.built != [ ];
  extra = extraPackages {
    inherit
      arguments
      lock
      attrs
      where
      relock
      ;
  };
  extraAttrs = if hasExtra then extra.attrs else { };
in
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
      test = tested {
        inherit (arguments) tests;
        entries = lock.packages;
        others = builtins.attrNames extraAttrs;
      };
      # The files beside a lock are not beside its copy in the store, which text would name.
      directory = if builtins.isPath arguments.lock then dirOf arguments.lock else null;
    })
  ]
  ++ (if hasExtra then [ extra.overlay ] else [ ])
  ++ arguments.overridesPost
  ++ (
    if arguments._ == { } then
      [ ]
    else
      [
        (simpleOverrides {
          attrs = attrs // extraAttrs;
          overrides = arguments._;
        })
      ]
  )
)
