{ ... }:
let
  inherit (builtins)
    elemAt
    filter
    head
    isString
    match
    replaceStrings
    split
    ;

  # As in the program.
  hosts = {
    codeberg = "codeberg.org";
    github = "github.com";
    gitlab = "gitlab.com";
    sourcehut = "git.sr.ht";
  };

  # A URL as it is compared, and as a lock has it: without a password, and with or without ".git".
  plain =
    url:
    let
      user = match "(https?|git)://[^/@]*@(.*)" url;
      password = match "(ssh://[^/@:]*):[^/@]*(@.*)" url;
      public =
        if user != null then
          "${elemAt user 0}://${elemAt user 1}"
        else if password != null then
          "${elemAt password 0}${elemAt password 1}"
        else
          url;
      found = match "(.*[^/])/*" public;
      bare = if found == null then public else head found;
      git = match "(.*)\\.git" bare;
    in
    if git == null then bare else head git;

  # Of "subdirectory=py/a&tag-prefix=a-", or null.
  subdirectoryOf =
    fragment:
    let
      found = filter (part: part != null) (
        map (part: if isString part then match "subdirectory=(.*)" part else null) (split "&" fragment)
      );
    in
    if found == [ ] then null else head (head found);

  orEmpty = text: if text == null then "" else text;
in
/*
  Where a project's repository is, by the words of a provider, whose tags are its releases: `url` as `same` compares it,
  the `subdirectory` or null, and the `revision` behind an @, which names no tags but one of them, or null. What is none
  is null.

  Type: repository ::
    { parse :: string -> { url, subdirectory, revision } | null, plain :: string -> string, hosts :: [string] }

  Example:
    repository.parse "github:owner/mine#subdirectory=py"
    => { url = "https://github.com/owner/mine"; subdirectory = "py"; revision = null; }
*/
{
  inherit plain;
  hosts = builtins.attrNames hosts;
  parse =
    text:
    let
      short = match "(codeberg|github|gitlab|sourcehut):([^/@?#]+)/([^/@?#]+)(@[^?#]*)?(\\?dir=([^#]*))?(#(.*))?" text;
      long = match "git\\+((https?|git|ssh|file)://[^/]*)(/[^@?#]+)(@[^#]*)?(#(.*))?" text;
      part = i: elemAt (if short == null then long else short) i;
      ofFragment = subdirectoryOf (orEmpty (part (if short == null then 5 else 7)));
      after = text: if text == null then null else builtins.substring 1 (-1) text;
    in
    if short != null then
      {
        url = plain "https://${hosts.${part 0}}/${part 1}/${replaceStrings [ "%2F" ] [ "/" ] (part 2)}";
        subdirectory = if ofFragment != null then ofFragment else part 5;
        revision = after (part 3);
      }
    else if long != null then
      {
        url = plain (part 0 + part 2);
        subdirectory = ofFragment;
        revision = after (part 3);
      }
    else
      null;
}
