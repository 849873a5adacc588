{
  byProject,
  extraPackages,
  nameSet,
  normalizeName,
  packages,
  simpleOverrides,
  tested,
  ...
}:
let
  inherit (builtins)
    attrNames
    filter
    intersectAttrs
    isPath
    ;
in
/*
  The whole overlay of a lock, as lockFor gives it: the caller's overlays before, the packages and those of
  `packagesExtra`, the overlays after, and the simplified overrides of `_`. Those that packages of `packagesExtra` bring
  come before the environment's own; of their `_` what is about packages that are not here falls away, because their
  lock was another.

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
  inherit (arguments.extra) projects built;
  hasExtra = projects ++ built != [ ];
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
  allAttrs = attrs // extraAttrs;

  simple =
    overrides:
    if overrides == { } then
      [ ]
    else
      [
        (simpleOverrides {
          attrs = allAttrs;
          inherit overrides;
        })
      ];
  brought =
    overrides: self: super:
    let
      here = filter (name: allAttrs ? ${normalizeName name} || super ? ${name}) (attrNames overrides);
    in
    simpleOverrides {
      attrs = allAttrs;
      overrides = intersectAttrs (nameSet here) overrides;
    } self super;
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
        others = attrNames extraAttrs;
      };
      # The files beside a lock are not beside its copy in the store, which text would name.
      directory = if isPath arguments.lock then dirOf arguments.lock else null;
    })
  ]
  ++ (if hasExtra then [ extra.overlay ] else [ ])
  ++ map (byProject {
    set = arguments.python.pkgs;
    inherit attrs;
  }) arguments.overridesPost
  ++ map (one: brought one._) (filter (one: one._ != { }) built)
  ++ simple arguments._
)
