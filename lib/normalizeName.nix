{ ... }:
let
  inherit (builtins)
    concatStringsSep
    filter
    isString
    replaceStrings
    split
    ;

  letters = text: builtins.genList (i: builtins.substring i 1 text) (builtins.stringLength text);
  upper = letters "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  lower = letters "abcdefghijklmnopqrstuvwxyz";
in
/*
  The normal form of a project's name (PEP 503): lower case, runs of `-`, `_` and `.` as one `-`.

  Type: normalizeName :: string -> string

  Example:
    normalizeName "Ruamel__Yaml.clib"
    => "ruamel-yaml-clib"
*/
name: concatStringsSep "-" (filter isString (split "[-_.]+" (replaceStrings upper lower name)))
