{
  argumentTable,
  fail,
  near,
  ...
}:
let
  inherit (builtins)
    attrNames
    elem
    filter
    head
    removeAttrs
    ;
in
/*
  The shared arguments of a function that has others of its own: these are checked, and left out. `own` has them as
  argumentTable.nix has the shared ones; `called` lists names that one may know them by from elsewhere.

  Type: ownArguments ::
    { NAME :: { type :: string, is :: a -> bool, line :: string, called ? [string] } } -> AttrSet -> AttrSet

  Example:
    ownArguments { tag = { type = "text"; is = isString; line = "tag = \"latest\";"; }; } { tag = "1"; lock = ./pylock.toml; }
    => { lock = ./pylock.toml; }
*/
own: args:
let
  known = argumentTable // own;
  # The own argument that a name stands for, or null.
  meantBy =
    name:
    let
      same = filter (mine: elem name (own.${mine}.called or [ ])) (attrNames own);
      meant = if same != [ ] then head same else near name (attrNames known);
    in
    if meant != null && own ? ${meant} then meant else null;

  strange = filter (name: !(known ? ${name}) && meantBy name != null) (attrNames args);
  wrong = filter (name: own ? ${name} && !(own.${name}.is args.${name})) (attrNames args);
  meant = meantBy (head strange);
in
if strange != [ ] then
  fail {
    what = "there is no argument `${head strange}`: do you mean `${meant}`?";
    where = "the arguments of mach";
    hint = own.${meant}.line;
  }
else if wrong != [ ] then
  fail {
    what = "`${head wrong}` is not ${own.${head wrong}.type}";
    where = "the argument `${head wrong}`";
    hint = own.${head wrong}.line;
  }
else
  removeAttrs args (attrNames own)
