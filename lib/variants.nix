{ attempt, projectName, ... }:
let
  inherit (builtins)
    attrNames
    concatMap
    elemAt
    filter
    genList
    length
    match
    stringLength
    substring
    ;

  # How nixpkgs marks a version: protobuf5, django_4, sqlalchemy_1_4, cython_0.
  ending = "[1-9][0-9]*|_[0-9]+(_[0-9]+)*";

  # The first place in sorted names that is not below a key, between two places.
  placeOf =
    names: key: low: high:
    let
      middle = (low + high) / 2;
    in
    if low == high then
      low
    else if elemAt names middle < key then
      placeOf names key (middle + 1) high
    else
      placeOf names key low middle;

  # Of sorted names those that begin with a prefix and a digit.
  numbered =
    names: prefix:
    let
      place = key: placeOf names key 0 (length names);
      first = place "${prefix}0";
    in
    # In ASCII the colon follows the digits.
    genList (n: elemAt names (first + n)) (place "${prefix}:" - first);
in
{
  /*
    The attributes under which a Python set has a project at other versions beside its attribute `attr`: django_4 beside
    django, protobuf5 beside protobuf, sqlalchemy_1_4 beside sqlalchemy. Names alone do not tell (jinja2 is no other
    jinja), so those are looked into that are there. The set comes first, to be looked through once for all projects.

    Type: variants.of :: AttrSet -> { attr :: string, name :: string } -> [string]

    Example:
      variants.of python3.pkgs { attr = "django"; name = "django"; }
      => [ "django_4" "django_5" ]
  */
  of =
    set:
    let
      names = attrNames set;
    in
    { attr, name }:
    let
      length = stringLength attr;
      isVersion = other: match ending (substring length (-1) other) != null;
    in
    filter (
      other:
      isVersion other && attempt false (set.${other} != null && projectName set.${other} == name)
    ) (concatMap (numbered names) [ attr "${attr}_" ]);

  /*
    Whether an attribute is `attr` or one of its variants.

    Type: variants.isOf :: string -> string -> bool

    Example:
      variants.isOf "django" "django_4"
      => true
  */
  isOf =
    attr: other:
    let
      length = stringLength attr;
    in
    substring 0 length other == attr && match "(${ending})?" (substring length (-1) other) != null;
}
