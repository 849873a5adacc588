{
  fail,
  legacyTable,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    foldl'
    isList
    isString
    listToAttrs
    removeAttrs
    ;

  message =
    name:
    let
      known = legacyTable.${name};
    in
    "mach: the argument `${name}` of mach-nix is ${
      if known ? why then
        "passed over: ${known.why}"
      else if known ? to then
        "called `${known.to}` here"
      else
        "not needed here: write it into `requirements`"
    }";

  # Requirements with those beside them.
  joined =
    requirements: added:
    if requirements == null then
      concatStringsSep "\n" added
    else if isString requirements then
      concatStringsSep "\n" ([ requirements ] ++ added)
    else if isList requirements then
      requirements ++ added
    else
      fail {
        what = "`requirementsExtra` of mach-nix goes with requirements that are text";
        where = "the arguments of mach";
        hint = "write them into `requirements`, and leave out `requirementsExtra`";
      };
in
/*
  The arguments of mach-nix (legacyTable.nix) by their names here, each with a warning; all others as they are. What is
  said by the new name too, wins.

  Type: legacyArguments :: AttrSet -> AttrSet

  Example:
    legacyArguments { inherit pkgs; requirements = "flask"; disable_checks = true; }
    => { inherit pkgs; requirements = "flask"; tests = false; }
*/
args:
let
  names = filter (name: legacyTable ? ${name}) (attrNames args);
  renamed = filter (name: legacyTable.${name} ? to) names;
  more = filter (name: legacyTable.${name} ? isMore) names;

  translated = listToAttrs (
    map (name: {
      name = legacyTable.${name}.to;
      value = legacyTable.${name}.by args args.${name};
    }) renamed
  );
  # These are in what was translated.
  merged = if translated ? providers then [ "providers" ] else [ ];

  warn = args.pkgs.lib.warn or builtins.trace;
  said = foldl' (rest: name: warn (message name) rest) (removeAttrs args (names ++ merged)) names;
in
if (args._fixes or { }) != { } then
  fail {
    what = "`_fixes` of mach-nix are functions; fixes are data here";
    where = "the argument `_fixes`";
    hint = "overridesPost = [ (self: super: { … }) ]; or fixes = [ ./my-overrides ];";
  }
else if names == [ ] then
  args
else
  translated
  // said
  // (
    if more == [ ] then
      { }
    else
      { requirements = joined (args.requirements or null) (map (name: args.${name}) more); }
  )
