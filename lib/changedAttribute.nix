{
  attributeOperation,
  attributeTypes,
  fail,
  near,
  typeWords,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    head
    isAttrs
    isFunction
    isList
    isString
    length
    replaceStrings
    typeOf
    ;

  lines = {
    bool = "false";
    list = "[ … ]";
    set = "{ … }";
    string = "''…''";
  };

  operations = [
    "add"
    "mod"
  ];

  # A new value as it is: a set in the place of something else was meant as an operation.
  noOperation =
    {
      title,
      wanted,
      value,
    }:
    let
      words = attrNames value;
      meant = near (head words) operations;
      stop =
        what: hint:
        fail {
          inherit what;
          where = "the argument `_`";
          hint = "${title}.${hint};";
        };
      added = "add = ${if wanted == null then "…" else lines.${wanted}}";
    in
    if !(isAttrs value) || value ? outPath || wanted == "set" then
      value
    else if wanted != null && words == operations then
      stop "`${title}` has both `add` and `mod`" "mod = old: …"
    else if length words == 1 && (wanted != null || meant != null) then
      stop "`${title}.${head words}` is none of ${concatStringsSep " and " operations}${
        if meant == null then "" else ": do you mean `${meant}`?"
      }" (if meant == "mod" then "mod = old: …" else added)
    else
      value;
in
/*
  The new value of an attribute `key` of a package that has the attributes `old`, by the `value` that the argument `_` has for
  it (attributeOperation.nix); `title` is where the user has written it, and `self` the set of packages. What is of another
  type stops here, with a line to paste.

  Type: changedAttribute ::
    { title, key :: string, self, old :: AttrSet, value :: a } -> a

  Example:
    changedAttribute { title = "_.x.patches.add"; key = "patches"; self = { }; old.patches = [ 1 ]; value.add = [ 2 ]; }
    => [ 1 2 ]
*/
{
  title,
  key,
  self,
  old,
  value,
}:
let
  op = attributeOperation value;
  had = old.${key} or null;
  about = attributeTypes.${key} or (if op == "add" then "value" else "any");
  wanted =
    if about == "any" then
      null
    else if had != null then
      typeOf had
    else if about == "value" then
      null
    else
      about;
  isText = type: type == "string" || type == "path";
  suits = new: new == null || wanted == null || typeOf new == wanted || isText (typeOf new) && isText wanted;
  mistyped =
    new:
    fail {
      what = "`${title}` is ${typeWords.${typeOf new}}, `${key}` of the package ${
        if had == null then "is to be" else "is"
      } ${typeWords.${wanted}}";
      where = "the argument `_`";
      hint = "${title}${if op == "mod" then " = old: " else " = "}${lines.${wanted} or "…"};";
    };
  canBeAdded = new: isList new || isString new || isAttrs new;
  sum =
    a: b:
    if isList b then
      a ++ b
    else if isString b then
      "${a}\n${b}"
    else
      a // b;
  modified =
    let
      once = value.mod had;
    in
    if isFunction once then value.mod self old had else once;
  new =
    if op == "add" then
      value.add
    else if op == "mod" then
      modified
    else
      noOperation { inherit title wanted value; };
in
if op == "mod" && !(isFunction value.mod) then
  fail {
    what = "`${title}` is ${typeWords.${typeOf value.mod}}, not a function";
    where = "the argument `_`";
    hint = "${title} = old: …;";
  }
else if op == "add" && !(canBeAdded new) then
  fail {
    what = "`${title}` is ${typeWords.${typeOf new}}, and only lists, text and sets can be added";
    where = "the argument `_`";
    hint = "${replaceStrings [ ".add" ] [ "" ] title} = …;";
  }
else if !(suits new) then
  mistyped new
else if op == "add" && had != null then
  sum had new
else
  new
