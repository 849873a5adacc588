{ directoryName, ... }:
let
  inherit (builtins)
    dirOf
    elemAt
    match
    replaceStrings
    storeDir
    substring
    unsafeDiscardStringContext
    ;
in
/*
  A path as a user would write it, in Nix and on a command line. That of a flake is in the store, and is told from the
  flake on, where commands are called; another one is told whole, since nobody knows from where.

  Type: userPath :: path | string -> { nix :: string, shell :: string }

  Example:
    userPath "/nix/store/…-source/locks/dev.pylock.toml"
    => { nix = "./locks/dev.pylock.toml"; shell = "locks/dev.pylock.toml"; }
*/
path:
let
  whole = unsafeDiscardStringContext (toString path);
  below = match "${storeDir}/[^/]+/(.+)" whole;
  relative =
    if below != null then
      elemAt below 0
    else if dirOf whole == storeDir then
      directoryName whole
    else
      null;
  quoted =
    text:
    if match "[A-Za-z0-9_./+@%:,=~-]+" text != null && substring 0 1 text != "-" then
      text
    else
      "'${replaceStrings [ "'" ] [ "'\\''" ] text}'";
in
{
  nix = if relative == null then whole else "./${relative}";
  shell = quoted (if relative == null then whole else relative);
}
