{ fail, ... }:
let
  inherit (builtins)
    elemAt
    head
    match
    replaceStrings
    stringLength
    substring
    ;

  # A store path cannot have the `!` of an epoch in its name.
  storeName = replaceStrings [ "!" ] [ "_" ];

  # name-version(-build)?-python-abi-platform.whl (PEP 427), as fetchPypi wants it in parts.
  wheelParts =
    file:
    let
      found = match "([^-]+)-([^-]+(-[0-9][^-]*)?)-([^-]+)-([^-]+)-([^-]+)\\.whl" file;
    in
    if found == null then
      null
    else
      {
        format = "wheel";
        pname = elemAt found 0;
        version = elemAt found 1;
        python = elemAt found 3;
        dist = elemAt found 3;
        abi = elemAt found 4;
        platform = elemAt found 5;
      };

  # name-version.extension: the version is what the lock says if the file says so too, else what follows the last dash.
  sdistParts =
    version: file:
    let
      found = match "(.+)-(.+)\\.(tar\\.[a-z0-9]+|tgz|zip)" file;
      stem = "${head found}-${elemAt found 1}";
      tail = "-${version}";
      cut = stringLength stem - stringLength tail;
      agrees = cut > 0 && substring cut (stringLength tail) stem == tail;
    in
    if found == null then
      null
    else
      {
        pname = if agrees then substring 0 cut stem else head found;
        version = if agrees then version else elemAt found 1;
        extension = elemAt found 2;
      };
in
/*
  Fetch a file of the lock, by its hash: from its URL if the lock has one, else from its location below `filesUrl`, else
  by nixpkgs' `fetchPypi`, which predicts where the index keeps it.

  Type: source :: { pkgs, filesUrl, entry :: AttrSet, file :: AttrSet } -> derivation

  Example:
    source {
      inherit pkgs;
      filesUrl = null;
      entry = { name = "flask"; version = "3.1.0"; … };
      file = { name = "flask-3.1.0-py3-none-any.whl"; hashes.sha256 = "…"; };
    }
    => «derivation …-flask-3.1.0-py3-none-any.whl.drv»
*/
{
  pkgs,
  filesUrl,
  entry,
  file,
}:
let
  location = entry.tool.mach.location or null;
  parts =
    if match ".*\\.whl" file.name == null then sdistParts entry.version file.name else wheelParts file.name;
  sha256 =
    file.hashes.sha256 or (fail {
      what = "the lock has no sha256 for ${file.name}";
      where = "[[packages]] ${entry.name}";
      hint = "mach lock -r requirements.txt -o pylock.toml";
    });
  fetch =
    url:
    pkgs.fetchurl {
      inherit url sha256;
      name = storeName file.name;
    };
in
if file ? url then
  fetch file.url
else if filesUrl != null && location != null then
  fetch "${filesUrl}/${location}"
else if parts != null then
  pkgs.fetchPypi (parts // { inherit sha256; })
else
  fail {
    what = "nobody says where ${file.name} is, and its name does not tell";
    where = "[[packages]] ${entry.name}";
    hint = ''filesUrl = "https://index.example/files"; # below which the index of the lock keeps its files'';
  }
