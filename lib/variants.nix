{ attempt, projectName, ... }:
let
  inherit (builtins)
    concatMap
    filter
    match
    stringLength
    substring
    ;

  digits = [
    "1"
    "2"
    "3"
    "4"
    "5"
    "6"
    "7"
    "8"
    "9"
  ];
  endings = concatMap (digit: [
    "_${digit}"
    digit
  ]) digits;
in
{
  /*
    The attributes under which a Python set has a project at other versions beside its attribute `attr`: django_4 beside
    django, protobuf5 beside protobuf. Names alone do not tell (jinja2 is no other jinja), so those are looked into that
    are there.

    Type: variants.of :: { set :: AttrSet, attr :: string, name :: string } -> [string]

    Example:
      variants.of { set = python3.pkgs; attr = "django"; name = "django"; }
      => [ "django_4" "django_5" ]
  */
  of =
    {
      set,
      attr,
      name,
    }:
    filter (
      other:
      set ? ${other} && attempt false (set.${other} != null && projectName set.${other} == name)
    ) (map (ending: attr + ending) endings);

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
    substring 0 length other == attr && match "(_?[1-9])?" (substring length (-1) other) != null;
}
