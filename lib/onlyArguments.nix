{ fail, near, ... }:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    elem
    filter
    head
    ;
in
/*
  The arguments of a function that takes only those of a table like argumentTable.nix, as they are. One that there is not
  stops here, with the near name, and so does one of another type, or one that is `required` and not there. `call` is the
  function with those, for messages.

  Type: onlyArguments ::
    { function, call :: string, required ? [string] }
    -> { NAME :: { type :: string, is :: a -> bool, line :: string, called ? [string] } } -> AttrSet -> AttrSet

  Example:
    onlyArguments { function = "helper"; call = "helper { }"; } { inherit (argumentTable) pkgs; } { pkg = pkgs; }
    => error: mach: helper has no argument `pkg`: do you mean `pkgs`?
*/
{
  function,
  call,
  required ? [ ],
}:
table: args:
let
  names = attrNames table;
  where = "the arguments of ${function}";
  unknown = filter (name: !(table ? ${name})) (attrNames args);
  missing = filter (name: !(args ? ${name})) required;
  wrong = filter (name: !(table.${name}.is args.${name})) (attrNames args);

  meantBy =
    name:
    let
      same = filter (mine: elem name (table.${mine}.called or [ ])) names;
    in
    if same != [ ] then head same else near name names;
  meant = meantBy (head unknown);
in
if unknown != [ ] then
  fail {
    what = "${function} has no argument `${head unknown}`${
      if meant == null then ", only ${concatStringsSep ", " names}" else ": do you mean `${meant}`?"
    }";
    inherit where;
    hint = if meant == null then call else table.${meant}.line;
  }
else if missing != [ ] then
  fail {
    what = "${function} needs the argument `${head missing}`";
    inherit where;
    hint = call;
  }
else if wrong != [ ] then
  fail {
    what = "`${head wrong}` is not ${table.${head wrong}.type}";
    where = "the argument `${head wrong}` of ${function}";
    hint = table.${head wrong}.line;
  }
else
  args
