{ ... }:
let
  same = _args: value: value;
  renamed = to: {
    inherit to;
    by = same;
  };

  # Of providers by project the user's own win, whatever the defaults are.
  providers = by: {
    to = "providers";
    by = args: value: by value // (args.providers or { });
  };

  gone = why: { inherit why; };
  pinned = gone "the lock pins what was resolved, and `db` or `index` with `excludeNewer` say against what";
  conda = gone "conda's packages are none of mach's providers";
  nixpkgs = gone "nixpkgs is what `pkgs` says";
  dated = gone "a database need not be newer than nixpkgs";

  more = {
    isMore = true;
  };
in
/*
  The arguments of mach-nix 1, 2 and 3, and of importing it, that are none here or are called otherwise:

    to, by   the new name, and how the value is made of all arguments and the old value
    why      why it means nothing here, so that it is passed over
    isMore   requirements beside the others

  Type: legacyTable :: { NAME :: { to :: string, by :: AttrSet -> a -> b } | { why :: string } | { isMore :: bool } }

  Example:
    legacyTable.overrides_pre.to
    => "overridesPre"
*/
{
  add_requirements = more;
  condaChannelsExtra = conda;
  condaDataRev = conda;
  condaDataSha256 = conda;
  cudaVersion = conda;
  dataOutdated = dated;
  disable_checks = {
    to = "tests";
    by = _args: disabled: !disabled;
  };
  extra_pkgs = renamed "packagesExtra";
  ignoreDataOutdated = dated;
  nixpkgs_commit = nixpkgs;
  nixpkgs_tarball_sha256 = nixpkgs;
  overrides_post = renamed "overridesPost";
  overrides_pre = renamed "overridesPre";
  pkgsExtra = renamed "packagesExtra";
  prefer_nixpkgs = providers (preferred: {
    _default = if preferred then "nixpkgs,wheel,sdist" else "wheel,sdist,nixpkgs";
  });
  pypiData = pinned;
  pypiDataRev = pinned;
  pypiDataSha256 = pinned;
  pypi_deps_db_commit = pinned;
  pypi_deps_db_sha256 = pinned;
  python_attr = renamed "python";
  requirementsExtra = more;
  _fixes = gone "mach's own fixes are data, which a lock names";
  _providerDefaults = providers (defaults: defaults);
  _provider_defaults = providers (defaults: defaults);
}
