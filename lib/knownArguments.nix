{
  argumentTable,
  fail,
  nameSet,
  near,
  typeWords,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    head
    isList
    typeOf
    ;
  unique = names: attrNames (nameSet names);

  unknown =
    where: name:
    let
      meant = near name (attrNames argumentTable);
    in
    fail {
      what = ''there is no argument `${name}`${if meant == null then "" else ": do you mean `${meant}`?"}'';
      inherit where;
      hint =
        if meant == null then
          "one of ${concatStringsSep ", " (attrNames argumentTable)}"
        else
          argumentTable.${meant}.line;
    };

  # Of a list what is in it: where a list of other things is wanted, it is no news that it is a list.
  kindOf =
    value:
    if isList value && value != [ ] then
      "a list with ${concatStringsSep " and " (unique (map (element: typeWords.${typeOf element}) value))} in it"
    else
      typeWords.${typeOf value};

  mistyped =
    name: value:
    fail {
      what = "`${name}` is ${kindOf value}, not ${argumentTable.${name}.type}";
      where = "the argument `${name}`";
      hint = argumentTable.${name}.line;
    };
in
/*
  Arguments of argumentTable.nix as they are. One that there is not stops here, with the near name; so does one of
  another type, with the line to write. `where` says whose arguments they are.

  Type: knownArguments :: { where :: string } -> AttrSet -> AttrSet

  Example:
    knownArguments { where = "the arguments of mach"; } { requirments = "flask"; }
    => error: mach: there is no argument `requirments`: do you mean `requirements`?
*/
{ where }:
args:
let
  strange = filter (name: !(argumentTable ? ${name})) (attrNames args);
  wrong = filter (name: !(argumentTable.${name}.is args.${name})) (attrNames args);
in
if strange != [ ] then
  unknown where (head strange)
else if wrong != [ ] then
  mistyped (head wrong) args.${head wrong}
else
  args
