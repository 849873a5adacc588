{ providers, userPath, ... }:
let
  inherit (builtins) concatMap concatStringsSep match;
  optionsOf = value: map shell (providers value);

  # A shell takes some of what stands in URLs for its own.
  shell = text: if match "[A-Za-z0-9_=,:/.@+#%~-]*" text == null then "'${text}'" else text;

  # An option that is said once for each value.
  each =
    option: values:
    concatMap (value: [
      option
      value
    ]) values;
in
/*
  The command that makes a lock, for hints. What is locked is `asked`; else, since extras and groups are those of a
  project directory, with any of them that is, and without the requirements file. `output` is where it is to stand.

  Type: relock ::
    { python :: string, systems :: [string], providers :: AttrSet, extras ? [string], groups ? [string],
      fixes ? [path], asked ? string | null, output ? path | string | null } -> string

  Example:
    relock { python = "3.12"; systems = [ "x86_64-linux" ]; providers = { }; }
    => "mach lock -r requirements.txt -o pylock.toml --python 3.12 --system x86_64-linux"
*/
{
  python,
  systems,
  providers,
  extras ? [ ],
  groups ? [ ],
  fixes ? [ ],
  asked ? null,
  output ? null,
}:
concatStringsSep " " (
  [
    "mach lock ${
      if asked != null then
        asked
      else if extras ++ groups == [ ] then
        "-r requirements.txt"
      else
        "."
    } -o ${if output == null then "pylock.toml" else (userPath output).shell}"
    "--python ${python}"
  ]
  ++ each "--system" systems
  ++ each "--extra" extras
  ++ each "--group" groups
  ++ each "--fixes" (map (directory: (userPath directory).shell) fixes)
  ++ optionsOf providers
)
