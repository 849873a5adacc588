{ attempt, projectName, ... }:
let
  inherit (builtins)
    concatMap
    filter
    genList
    match
    stringLength
    substring
    ;

  # How nixpkgs marks a version: django_4, protobuf5, sqlalchemy_1_4, cython_0.
  digits = genList toString 10;
  endings = concatMap (
    major: [ "_${major}" ] ++ (if major == "0" then [ ] else [ major ]) ++ map (minor: "_${major}_${minor}") digits
  ) digits;
in
{
  /*
    The attributes under which a Python set has a project at other versions beside its attribute `attr`: django_4 beside
    django, protobuf5 beside protobuf, sqlalchemy_1_4 beside sqlalchemy. Names alone do not tell (jinja2 is no other
    jinja), so those are looked into that are there.

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
    substring 0 length other == attr && match "(_?[1-9]|_0|_[0-9]_[0-9])?" (substring length (-1) other) != null;
}
