{
  fail,
  near,
  normalizeName,
  repository,
  ...
}:
let
  inherit (builtins)
    all
    attrNames
    concatStringsSep
    elem
    elemAt
    filter
    groupBy
    head
    isList
    isString
    length
    mapAttrs
    match
    replaceStrings
    split
    ;

  known = [
    "wheel"
    "sdist"
    "nixpkgs"
  ];

  isOrder = value: isString value || isList value && all isString value;
  # What lies somewhere, and is no name of a provider.
  isPlace = item: match ".*[:/@].*" item != null || elem item repository.hosts;
  firstOf = list: if list == [ ] then null else head list;

  items =
    value:
    if isList value then
      value
    else
      filter (part: isString part && part != "") (split "," (replaceStrings [ " " ] [ "" ] value));

  order =
    project: value:
    let
      listed = items value;
      unknown = filter (provider: !(elem provider known || isPlace provider)) listed;
      places = filter isPlace listed;
      parsed = map (place: repository.parse place // { inherit place; }) (
        filter (place: repository.parse place != null) places
      );
      wrong = firstOf (filter (place: repository.parse place == null) places);
      one = firstOf (filter (place: place.revision != null) parsed);
      repeated = filter (provider: length (filter (other: other == provider) listed) > 1) listed;
      meant = near (head unknown) known;
      stop =
        what: value:
        fail {
          inherit what;
          where = "the argument `providers.${project}`";
          hint = ''providers.${project} = "${concatStringsSep "," value}";'';
        };
    in
    if !(isOrder value) then
      stop "an order of providers is text, or a list of their names" known
    else if listed == [ ] then
      stop "no provider is listed, so that all are disabled" known
    else if unknown != [ ] && meant != null then
      stop ''there is no provider "${head unknown}": do you mean "${meant}"?'' (
        map (provider: if provider == head unknown then meant else provider) listed
      )
    else if unknown != [ ] then
      stop ''there is no provider "${head unknown}", only ${concatStringsSep ", " known}'' known
    else if wrong != null then
      let
        host = head (match "([^:]*).*" wrong);
        meant = near host repository.hosts;
        isHost = elem host repository.hosts;
      in
      if !isHost && meant != null then
        stop ''"${wrong}" is no repository: do you mean "${meant}"?'' [ (meant + replaceStrings [ host ] [ "" ] wrong) ]
      else
        stop ''"${wrong}" is no repository, of which there could be tags'' [
          "${if isHost then host else "github"}:OWNER/REPOSITORY"
        ]
    else if project == "_default" && places != [ ] then
      fail {
        what = "the repository ${head places} is of one project";
        where = "the argument `providers._default`";
        hint = ''providers.NAME = "${head places}";'';
      }
    else if one != null then
      stop ''releases are taken from all tags of a repository, and "${one.place}" names one revision'' [
        (replaceStrings [ "@${one.revision}" ] [ "" ] one.place)
      ]
    else if length parsed > 1 then
      stop "the tags of one repository are taken, and ${toString (length parsed)} are listed" (
        filter (item: !(isPlace item) || item == head places) listed
      )
    else if repeated != [ ] then
      stop ''the provider "${head repeated}" is listed twice'' (
        filter (provider: provider != head repeated) listed ++ [ (head repeated) ]
      )
    else
      listed;

  normal = name: if name == "_default" then name else normalizeName name;
in
/*
  The user's orders of providers, as lists, by the normal names of projects and `_default`. What is no order stops here,
  with the line to write.

  Type: providerOrders :: AttrSet -> { NAME :: [string] }

  Example:
    providerOrders { _default = "wheel,nixpkgs"; NumPy = [ "nixpkgs" ]; }
    => { _default = [ "wheel" "nixpkgs" ]; numpy = [ "nixpkgs" ]; }
*/
value:
mapAttrs (
  _name: spellings:
  if length spellings == 1 then
    order (head spellings) value.${head spellings}
  else
    fail {
      what = "`${head spellings}` and `${elemAt spellings 1}` are one project";
      where = "the argument `providers`";
      hint = "leave out `providers.${elemAt spellings 1}`";
    }
) (groupBy normal (attrNames value))
