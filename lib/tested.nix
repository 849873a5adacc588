{
  fail,
  near,
  normalizeName,
  ...
}:
let
  inherit (builtins)
    attrNames
    elem
    filter
    head
    isBool
    listToAttrs
    ;
in
/*
  Which packages of a lock are to be tested, by the argument `tests`: with true all that are built from their source, else
  those in the list, which must be such. nixpkgs' packages are tested as nixpkgs does it, and wheels have no tests.
  `others` are names that are built from a source and are none of the lock's.

  Type: tested ::
    { tests :: bool | [string], entries :: [AttrSet], others :: [string] ? [ ] }
    -> string -> { isTested, mustHave :: bool }

  Example:
    tested { tests = [ "foo" ]; entries = lock.packages; } "foo"
    => { isTested = true; mustHave = true; }
*/
{
  tests,
  entries,
  others ? [ ],
}:
let
  providers = listToAttrs (
    map (entry: {
      inherit (entry) name;
      value = entry.tool.mach.provider;
    }) entries
  );
  names = if isBool tests then [ ] else map normalizeName tests;
  strange = filter (name: !(providers ? ${name}) && !(elem name others)) names;
  unbuilt = filter (name: providers ? ${name} && !(elem providers.${name} [ "sdist" "tag" ])) names;
  meant = near (head strange) (attrNames providers ++ others);
  stop =
    what: hint:
    fail {
      inherit what hint;
      where = "the argument `tests`";
    };
in
if strange != [ ] then
  stop
    ''there is no package "${head strange}"${if meant == null then "" else '': do you mean "${meant}"?''}''
    (if meant == null then "tests = true; # all that are built from their source" else ''tests = [ "${meant}" ];'')
else if unbuilt != [ ] then
  stop ''${head unbuilt} is not built from its source: it comes from the provider ${
    providers.${head unbuilt}
  }'' ''providers.${head unbuilt} = "sdist"; or, of a committed lock: mach lock -r requirements.txt --provider ${head unbuilt}=sdist -o pylock.toml''
else
  name: {
    isTested = tests == true || elem name names;
    mustHave = elem name names;
  }
