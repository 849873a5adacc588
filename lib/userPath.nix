{ directoryName, ... }:
let
  inherit (builtins)
    baseNameOf
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
  A path as a user would write it, in Nix (`nix`) and on a command line (`shell`), where `parent` is the directory that it
  is in. That of a flake is in the store, and is told from the flake on, where commands are called. Nobody knows from where
  they are for another one, which is told whole; in Nix it is told from its own directory.

  Type: userPath :: path | string -> { nix :: string, shell :: string, parent :: string }

  Example:
    userPath "/nix/store/…-source/locks/dev.pylock.toml"
    => { nix = "./locks/dev.pylock.toml"; shell = "locks/dev.pylock.toml"; parent = "./locks"; }
*/
path:
let
  whole = unsafeDiscardStringContext (toString path);
  below = match "${storeDir}/[^/]+/(.+)" whole;
  relative =
    if below != null then
      elemAt below 0
    else if dirOf whole == storeDir then
      alone (directoryName whole)
    else
      null;
  # A flake's own directory has this name, as what a fetcher gives.
  alone = name: if name == "source" then "." else name;
  quoted =
    text:
    if match "[A-Za-z0-9_./+@%:,=~-]+" text != null && substring 0 1 text != "-" then
      text
    else
      "'${replaceStrings [ "'" ] [ "'\\''" ] text}'";
in
{
  nix = "./${if relative == null then baseNameOf whole else relative}";
  shell = quoted (if relative == null then whole else relative);
  parent =
    if relative == null then
      quoted (dirOf whole)
    else if relative == "." || dirOf relative == "." then
      "."
    else
      quoted "./${dirOf relative}";
}
