{ ... }:
let
  inherit (builtins)
    compareVersions
    concatStringsSep
    elem
    elemAt
    filter
    genList
    head
    isList
    isString
    length
    match
    replaceStrings
    split
    stringLength
    substring
    ;

  token = "('[^']*'|\"[^\"]*\"|[()]|===|~=|==|!=|<=|>=|<|>|[A-Za-z_.]+)";
  # The tokens of a marker, or null if there is something else in it.
  tokensOf =
    text:
    let
      pieces = split token text;
      isBlank = piece: match "[[:space:]]*" piece != null;
    in
    if builtins.all (piece: isList piece || isBlank piece) pieces then
      map head (filter isList pieces)
    else
      null;

  isVersion = variable: elem variable [
    "implementation_version"
    "python_full_version"
    "python_version"
  ];
  flipped = {
    "<" = ">";
    "<=" = ">=";
    ">" = "<";
    ">=" = "<=";
  };
  isRelease = text: match "[0-9]+(\\.[0-9]+)*" text != null;
  numbers = text: filter isString (split "\\." text);
  # A version with that many numbers at least, and with just that many.
  padded =
    count: text:
    let
      given = numbers text;
    in
    concatStringsSep "." (given ++ genList (_: "0") (if length given < count then count - length given else 0));
  cut = count: text: concatStringsSep "." (genList (elemAt (numbers (padded count text))) count);
  order =
    a: b:
    let
      count = if length (numbers a) > length (numbers b) then length (numbers a) else length (numbers b);
    in
    compareVersions (padded count a) (padded count b);

  # What a specifier says of a version, or null: pre-releases and the like are not read here.
  versionHolds =
    version: op: wanted:
    let
      found = match "([0-9.]*[0-9])(\\.\\*)?" wanted;
      base = head found;
      isPrefix = elemAt found 1 != null;
      count = length (numbers base);
      has = cut count version == cut count base;
      compared = order version base;
    in
    if !(isRelease version) || found == null || !(isRelease base) then
      null
    else if op == "==" then
      if isPrefix then has else compared == 0
    else if op == "!=" then
      if isPrefix then !has else compared != 0
    else if isPrefix then
      null
    else if op == "<" then
      compared < 0
    else if op == "<=" then
      compared <= 0
    else if op == ">" then
      compared > 0
    else if op == ">=" then
      compared >= 0
    else if op == "~=" && count > 1 then
      compared >= 0 && cut (count - 1) version == cut (count - 1) base
    else
      null;

  contains = part: text: part == "" || replaceStrings [ part ] [ "" ] text != text;
  textHolds =
    left: op: right:
    if op == "==" then
      left == right
    else if op == "!=" then
      left != right
    else if op == "in" then
      contains left right
    else if op == "not in" then
      !(contains left right)
    else
      null;

  both =
    a: b:
    if a == null || b == null then null else a && b;
  either =
    a: b:
    if a == null || b == null then null else a || b;
in
/*
  Whether a marker holds (PEP 508; with the sets `extras` and `dependency_groups` of PEP 751, whose names are in normal
  form). null: it takes more than is read here to know, as versions of which one is a pre-release, or it is no marker.

  `variables` are the `markers` of environment.nix.

  Type: markerHolds :: { variables :: AttrSet, extras :: [string], groups :: [string] } -> string -> bool | null

  Example:
    markerHolds { variables = (environment { inherit pkgs; }).markers; extras = [ ]; groups = [ ]; } "python_version < '3.8'"
    => false
*/
{
  variables,
  extras,
  groups,
}:
text:
let
  tokens = tokensOf text;
  count = length tokens;
  at = i: if i < count then elemAt tokens i else "";
  isText = word: word != "" && elem (substring 0 1 word) [ "'" "\"" ];
  unquoted = word: substring 1 (stringLength word - 2) word;
  isOperator = word: elem word [ "==" "!=" "<" "<=" ">" ">=" "~=" "in" "not in" ];
  sets = {
    inherit extras;
    dependency_groups = groups;
  };

  compare =
    left: op: right:
    if !(isOperator op) then
      null
    else if isText left && sets ? ${right} then
      if op == "in" then
        elem (unquoted left) sets.${right}
      else if op == "not in" then
        !(elem (unquoted left) sets.${right})
      else
        null
    else if isText right && variables ? ${left} then
      values left variables.${left} op (unquoted right)
    else if isText left && variables ? ${right} then
      if elem op [ "in" "not in" ] then
        textHolds (unquoted left) op variables.${right}
      else
        values right variables.${right} (flipped.${op} or op) (unquoted left)
    else
      null;
  # Nobody knows the kernel before a program runs, and so it is empty here.
  values =
    variable: value: op: wanted:
    if value == "" then
      null
    else if isVersion variable && !(elem op [ "in" "not in" ]) then
      versionHolds value op wanted
    else
      textHolds value op wanted;

  # Each gives the value, and where it ends; -1: nowhere.
  ends = value: next: { inherit value next; };
  atom =
    i:
    let
      inner = alternatives (i + 1);
      isNot = at (i + 1) == "not" && at (i + 2) == "in";
      width = if isNot then 4 else 3;
    in
    if at i == "(" then
      if inner.next >= 0 && at inner.next == ")" then ends inner.value (inner.next + 1) else ends null (-1)
    else if i + width <= count then
      ends (compare (at i) (if isNot then "not in" else at (i + 1)) (at (i + width - 1))) (i + width)
    else
      ends null (-1);
  chain =
    word: join: one: i:
    let
      go =
        sofar:
        let
          more = one (sofar.next + 1);
        in
        if sofar.next >= 0 && at sofar.next == word then
          go (ends (join sofar.value more.value) more.next)
        else
          sofar;
    in
    go (one i);
  conjunction = chain "and" both atom;
  alternatives = chain "or" either conjunction;
  whole = alternatives 0;
in
if tokens == null || count == 0 || whole.next != count then null else whole.value
