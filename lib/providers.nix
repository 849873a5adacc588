{ fail, normalizeName, ... }:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    elem
    filter
    head
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

  order =
    project: value:
    let
      listed = items value;
      unknown = filter (provider: !(elem provider known)) listed;
      stop =
        what:
        fail {
          inherit what;
          where = "the argument `providers.${project}`";
          hint = ''providers.${project} = "${concatStringsSep "," known}";'';
        };
    in
    if listed == [ ] then
      stop "no provider is listed, so that all are disabled"
    else if unknown != [ ] then
      stop ''there is no provider "${head unknown}", only ${concatStringsSep ", " known}''
    else
      concatStringsSep "," listed;
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
