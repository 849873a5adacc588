{ normalizeName, ... }:
let
  inherit (builtins)
    concatMap
    filter
    head
    isString
    match
    split
    substring
    ;

  name = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?";

  # Only the beginning of a line is matched: std::regex needs stack for every character, and a line of hashes is long.
  nameOf = line: match "[[:space:]]*(${name})([^A-Za-z0-9._:/+-].*)?" (substring 0 200 line);
in
/*
  The projects that a requirements text names, normalised, in the text's order. It is read only as far as the names:
  options, comments and references to other files are passed over, and what is wrong is the helper's to say.

  Type: requirementNames :: string -> [string]

  Example:
    requirementNames "Flask>=3  # web\n-r more.txt\nruamel.yaml"
    => [ "flask" "ruamel-yaml" ]
*/
text:
concatMap (
  line:
  let
    found = nameOf line;
  in
  if found == null then [ ] else [ (normalizeName (head found)) ]
) (filter isString (split "[\r\n]+" text))
