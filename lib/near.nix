{ ... }:
let
  inherit (builtins)
    filter
    head
    length
    stringLength
    substring
    ;

  rest = text: substring 1 (-1) text;

  # Whether `n` letters changed, added or left out make `b` of `a`.
  within =
    n: a: b:
    if n < 0 then
      false
    else if a == "" || b == "" then
      stringLength a + stringLength b <= n
    else if substring 0 1 a == substring 0 1 b then
      within n (rest a) (rest b)
    else
      within (n - 1) (rest a) (rest b) || within (n - 1) (rest a) b || within (n - 1) a (rest b);

  first =
    n: name: names:
    let
      found = filter (within n name) names;
    in
    if length found > 0 then
      head found
    else if n < 2 && n + 1 < stringLength name then
      first (n + 1) name names
    else
      null;
in
/*
  The name that somebody meant who wrote another: at most two letters apart, or null.

  Type: near :: string -> [string] -> string | null

  Example:
    near "requirments" [ "lock" "requirements" ]
    => "requirements"
*/
first 1
