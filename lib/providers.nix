{ fail, normalizeName, ... }:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    isList
    isString
    replaceStrings
    split
    ;

  known = [
    "wheel"
    "sdist"
    "nixpkgs"
  ];

  items =
    value:
    if isList value then
      value
    else
      filter (part: isString part && part != "") (split "," (replaceStrings [ " " ] [ "" ] value));

  check =
    project: provider:
    if elem provider known then
      provider
    else
      fail {
        what = ''there is no provider "${provider}", only ${concatStringsSep ", " known}'';
        where = "the argument `providers.${project}`";
        hint = ''providers.${project} = "${concatStringsSep "," known}";'';
      };

  order = project: value: concatStringsSep "," (map (check project) (items value));
in
/*
  The command-line options for the user's order of providers. Unknown providers stop here, with the line to write.

  Type: providers :: AttrSet -> [string]

  Example:
    providers { _default = "wheel,nixpkgs"; NumPy = [ "nixpkgs" ]; }
    => [ "--provider" "numpy=nixpkgs" "--providers" "wheel,nixpkgs" ]
*/
value:
concatMap (
  project:
  if project == "_default" then
    [
      "--providers"
      (order project value.${project})
    ]
  else
    [
      "--provider"
      "${normalizeName project}=${order project value.${project}}"
    ]
) (attrNames value)
