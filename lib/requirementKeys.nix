{ normalizeName, ... }:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elemAt
    filter
    isString
    listToAttrs
    match
    replaceStrings
    sort
    split
    ;

  fields = separator: text: filter (part: isString part && part != "") (split separator text);
  sorted = list: concatStringsSep "," (sort (a: b: a < b) list);

  # A requirement without spaces and with quotes of one kind: name, [extras], rest of the specifiers, ;marker.
  requirement = "([A-Za-z0-9._-]+)(\\[[^]]*])?\\(?([^;@()]*)\\)?(;.*)?";

  # name [extras] @ somewhere: how the place is written has many forms, so that only the name counts.
  reference = "([A-Za-z0-9._-]+)(\\[[^]]*])?@.*";
  isBare = line: match "[[:space:]]*([A-Za-z0-9+]*:|[./~]|[^;@[:space:]]*/).*" (builtins.substring 0 200 line) != null;

  key =
    line:
    let
      bare = replaceStrings [ " " "\t" "'" ] [ "" "" "\"" ] line;
      found =
        let
          direct = match reference bare;
        in
        if direct == null then match requirement bare else direct ++ [ "@" null ];
      extras = elemAt found 1;
      part = i: if elemAt found i == null then "" else elemAt found i;
    in
    if found == null then
      bare
    else
      concatStringsSep "" [
        (normalizeName (elemAt found 0))
        (if extras == null then "" else "[${sorted (map normalizeName (fields "[],[]" extras))}]")
        (sorted (fields "," (part 2)))
        (part 3)
      ];

  # A line without its comment and its --hash options.
  withoutComment = line: elemAt (split "(^|[[:space:]]+)#|[[:space:]]--[a-z]" line) 0;
in
/*
  Requirements in a form in which equal ones are equal text, sorted: to see whether a lock belongs to a requirements
  text. Null if the text has options (`-r`, `-c`, `-e`, …) or references without a name, because what it asks for then stands elsewhere too.

  Type: requirementKeys :: [string] -> [string] | null

  Example:
    requirementKeys [ "Flask >=3, <4  # web" "numpy" ]
    => [ "flask<4,>=3" "numpy" ]
*/
lines:
let
  joined = replaceStrings [ "\\\r\n" "\\\n" ] [ " " " " ] (concatStringsSep "\n" lines);
  stripped = filter (line: match "[[:space:]]*" line == null) (
    map withoutComment (fields "[\r\n]+" joined)
  );
  options = filter (line: match "[[:space:]]*-.*" line != null) stripped;
in
if options != [ ] || filter isBare stripped != [ ] then
  null
else
  attrNames (
    listToAttrs (
      map (line: {
        name = key line;
        value = null;
      }) stripped
    )
  )
