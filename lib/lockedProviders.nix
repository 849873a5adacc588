{
  fail,
  near,
  normalizeName,
  providerOrders,
  repository,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elem
    filter
    foldl'
    fromTOML
    head
    listToAttrs
    readFile
    ;

  ways = {
    nixpkgs = "from nixpkgs";
    sdist = "as an sdist";
    wheel = "as a wheel";
  };

  # Whether the order has the repository that an entry has a tag of.
  hasRepository =
    vcs: order:
    builtins.any (
      item:
      let
        place = repository.parse item;
      in
      place != null
      && place.url == repository.plain vcs.url
      && place.subdirectory == vcs.subdirectory or null
    ) order;

  # How an entry is had.
  wayOf =
    entry:
    ways.${entry.tool.mach.provider} or "from the tag ${entry.vcs.requested-revision} of ${entry.vcs.url}";

  # Of these the order for all says nothing.
  ownDefaults = (fromTOML (readFile ../overrides/providers.toml)).defaults;
in
/*
  A lock whose providers were chosen before, held against the argument `providers`: a package from a provider that is
  disabled for it stops here, since nothing chooses anew. Of a project that the lock does not have there is a warning.
  `relock` is the command that makes the lock with these providers.

  Type: lockedProviders ::
    { pkgs, providers, lock :: AttrSet, where, system, relock :: string } -> AttrSet

  Example:
    lockedProviders { providers.numpy = "nixpkgs"; lock = readLock …; relock = "mach lock … --provider numpy=nixpkgs"; … }
    => error: mach: the lock has numpy as a wheel, and `providers` allows only nixpkgs for it
*/
{
  pkgs,
  providers,
  lock,
  where,
  system,
  relock,
}:
let
  given = providerOrders providers;
  isHere = entry: !(entry.tool.mach ? systems) || elem system entry.tool.mach.systems;
  orderOf =
    name:
    given.${name} or (if given ? _default && !(ownDefaults ? ${name}) then given._default else null);
  isForbidden =
    entry:
    let
      order = orderOf entry.name;
    in
    order != null
    && (
      if entry.tool.mach.provider == "tag" then
        !(hasRepository entry.vcs order)
      else
        ways ? ${entry.tool.mach.provider} && !(elem entry.tool.mach.provider order)
    );
  forbidden = filter (entry: isHere entry && isForbidden entry) lock.packages;
  entry = head forbidden;

  # Build packages may be meant as well.
  had = listToAttrs (
    map (entry: {
      inherit (entry) name;
      value = null;
    }) (lock.packages ++ lock.tool.mach.build)
  );
  unknown = filter (name: name != "_default" && !(had ? ${normalizeName name})) (attrNames providers);
  warn =
    lock: name:
    let
      meant = near (normalizeName name) (attrNames had);
    in
    pkgs.lib.warn "mach: the argument `providers.${name}`: no such project is in the lock${
      if meant == null then "" else '': do you mean "${meant}"?''
    }" lock;
in
if providers == { } then
  lock
else if builtins.deepSeq given forbidden == [ ] then
  foldl' warn lock unknown
else
  fail {
    what = "the lock has ${entry.name} ${wayOf entry}, and `providers` allows only ${concatStringsSep ", " (orderOf entry.name)} for it";
    inherit where;
    hint = relock;
  }
