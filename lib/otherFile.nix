{ requirementNames, ... }:
let
  inherit (builtins)
    filter
    head
    isAttrs
    isList
    isString
    match
    replaceStrings
    split
    substring
    ;

  # The first line that says something.
  firstLine =
    text:
    let
      said = filter (line: isString line && match "[[:space:]]*(#.*)?" line == null) (
        split "[\r\n]+" (substring 0 4000 text)
      );
    in
    if said == [ ] then "" else substring 0 200 (head said);

  isTOML = line: match "[[:space:]]*(\\[.*|[A-Za-z0-9_.\"' -]+=([^=].*)?)" line != null;
  isMapping = line: match "[A-Za-z_-]+:([[:space:]].*)?" line != null;
  isRequirement = line: match "[[:space:]]*-(-[a-z-]+|[a-z])[[:space:]=].*" line != null || requirementNames line != [ ];

  isTable = document: name: isAttrs (document.${name} or null);
in
/*
  What a file is that was given as a lock and is none, or null: what can be told of its text before it is read as TOML, and
  of what was read. Nix's own message about what is no TOML cannot be caught, and does not name the file.

  Type: otherFile :: { ofText :: string -> string | null, ofTOML :: AttrSet -> string | null }

  Example:
    otherFile.ofText "flask>=3\n"
    => "a requirements file"
*/
{
  ofText =
    text:
    let
      line = firstLine text;
    in
    if line == "" then
      "empty"
    else if match "[[:space:]]*[{][[:space:]]*([\"}].*)?" line != null then
      if replaceStrings [ "\"_meta\"" ] [ "" ] text != text then "the lock of Pipenv" else "JSON"
    else if isTOML line then
      # git leaves marks where it could not merge, and with them nothing is TOML.
      if replaceStrings [ "\n<<<<<<< " ] [ "" ] text != text then "unmerged" else null
    else if match "<<<<<<< .*" line != null then
      "unmerged"
    else if isMapping line then
      "YAML"
    else if isRequirement line then
      "a requirements file"
    else
      null;

  ofTOML =
    document:
    if document ? lock-version then
      null
    else if isList (document.package or null) then
      if (document.metadata or { }) ? lock-version then
        "the lock of Poetry"
      else if (document.metadata or { }) ? lock_version then
        "the lock of PDM"
      else
        "the lock of uv"
    else if isTable document "project" || isTable document "build-system" || isTable document "tool" then
      "a pyproject.toml"
    else
      null;
}
