{ fail, ... }:
let
  inherit (builtins)
    addErrorContext
    elemAt
    head
    match
    path
    pathExists
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
  Fetch a file of the lock, by its hash: from `path` beside the lock (below `directory`) or from `url` if the lock has
  one, else from its location below `filesUrl`, else by nixpkgs' `fetchPypi`, which predicts where the index keeps it.

  Type: source ::
    { pkgs, filesUrl, directory :: path | null } -> { entry :: AttrSet, file :: AttrSet } -> derivation | string

  Example:
    source { inherit pkgs; filesUrl = null; directory = ./.; } {
      entry = { name = "flask"; version = "3.1.0"; … };
      file = { name = "flask-3.1.0-py3-none-any.whl"; hashes.sha256 = "…"; };
    }
    => «derivation …-flask-3.1.0-py3-none-any.whl.drv»
*/
{
  pkgs,
  filesUrl,
  directory,
}:
{ entry, file }:
let
  location = entry.tool.mach.locations.${file.name} or null;
  parts =
    if match ".*\\.whl" file.name == null then sdistParts entry.version file.name else wheelParts file.name;
  stop =
    what: hint:
    fail {
      inherit what hint;
      where = "[[packages]] ${entry.name}";
    };
  sha256 =
    file.hashes.sha256
      or (stop "the lock has no sha256 for ${file.name}" "mach lock -r requirements.txt -o pylock.toml");
  # The lock has the name of the file, so that an override which is to help nixpkgs guess it changes nothing.
  fixed =
    file:
    file
    // {
      override = _args: fixed file;
    };
  fetch =
    url:
    fixed (
      pkgs.fetchurl {
        inherit url sha256;
        name = storeName file.name;
      }
    );
  beside = directory + "/${file.path}";
in
if file ? url then
  fetch file.url
else if file ? path then
  if directory == null then
    stop "${file.path} lies beside the lock, which was not given as a path" "lock = ./pylock.toml;"
  else if !(pathExists beside) then
    stop "the file ${file.path} beside the lock is gone, or it is in a flake and git does not know it"
      "git add ${file.path}"
  else
    addErrorContext "while adding ${file.path}, whose hash the lock has" (path {
      path = beside;
      name = storeName file.name;
      recursive = false;
      inherit sha256;
    })
else if filesUrl != null && location != null then
  fetch "${filesUrl}/${location}"
else if parts != null then
  fixed (pkgs.fetchPypi (parts // { inherit sha256; }))
else
  stop "nobody says where ${file.name} is, and its name does not tell"
    ''filesUrl = "https://index.example/files"; # below which the index of the lock keeps its files''
