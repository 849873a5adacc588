# nixpkgs: lib/strings.nix
{ lib }:
{
  inherit (builtins)
    baseNameOf
    concatStringsSep
    match
    replaceStrings
    split
    stringLength
    substring
    ;

  versionOlder = a: b: builtins.compareVersions b a == 1;
  versionAtLeast = a: b: !lib.versionOlder a b;

  concatStrings = builtins.concatStringsSep "";
  concatMapStrings = f: list: lib.concatStrings (map f list);
  concatMapStringsSep =
    sep: f: list:
    builtins.concatStringsSep sep (map f list);
  concatLines = lib.concatMapStrings (line: line + "\n");
  optionalString = cond: s: if cond then s else "";

  hasPrefix = prefix: s: builtins.substring 0 (builtins.stringLength prefix) s == prefix;
  hasSuffix =
    suffix: s:
    let
      from = builtins.stringLength s - builtins.stringLength suffix;
    in
    from >= 0 && builtins.substring from (-1) s == suffix;
  removePrefix =
    prefix: s: if lib.hasPrefix prefix s then builtins.substring (builtins.stringLength prefix) (-1) s else s;

  splitString =
    sep: s: builtins.filter builtins.isString (builtins.split (lib.escapeRegex sep) (toString s));
  stringToCharacters = s: builtins.genList (i: builtins.substring i 1 s) (builtins.stringLength s);

  escape = chars: builtins.replaceStrings chars (map (c: "\\${c}") chars);
  escapeRegex = lib.escape (lib.stringToCharacters "\\[{()^$?*+|.");
  escapeShellArg = arg: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] (toString arg)}'";
  escapeShellArgs = lib.concatMapStringsSep " " lib.escapeShellArg;

  makeSearchPath =
    subDir: paths:
    builtins.concatStringsSep ":" (map (path: "${path}/${subDir}") (builtins.filter (p: p != null) paths));

  # nixpkgs asks each for its output `bin`, which no package of this set has.
  makeBinPath = lib.makeSearchPath "bin";

  # Nix refuses other characters in a store path's name.
  sanitizeDerivationName =
    name:
    let
      plain = builtins.unsafeDiscardStringContext name;
      parts = builtins.filter builtins.isString (builtins.split "[^[:alnum:]+._?=-]+" plain);
    in
    builtins.concatStringsSep "-" parts;
}
