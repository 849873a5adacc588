{ fail, presentFile, ... }:
let
  inherit (builtins)
    attrValues
    any
    elem
    fetchTarball
    getContext
    isAttrs
    isPath
    isString
    match
    stringLength
    substring
    ;

  isURL = value: isString value && match "(https?|file)://.*" value != null;

  # Whether text names what has to be built before it can be read.
  isBuilt = text: any (context: context ? outputs) (attrValues (getContext text));

  # The files that say what a project needs, so that an edit of any other resolves nothing again.
  isMetadata = file: match "pyproject\\.toml|setup\\.(cfg|py)|PKG-INFO|.*requirements.*\\.(txt|in)" file != null;

  # Those of a tree that can be read while evaluating.
  ofTree =
    tree:
    let
      root = toString tree;
      start = stringLength root + 1;
      below = file: substring start (stringLength file - start) file;
    in
    builtins.path {
      path = tree;
      name = "project";
      filter =
        file: type:
        if type == "directory" then
          elem (below file) [
            "requirements"
            ".requirements"
          ]
        else
          isMetadata (below file);
    };

  # A source that has to be built or fetched first, a directory or an archive, unpacked.
  ofBuilt =
    pkgs: src:
    pkgs.runCommand "project" { inherit src; nativeBuildInputs = [ pkgs.unzip ]; } ''
      unpackPhase
      cp -r "$sourceRoot" "$out"
    '';

  fetched =
    { url, hash }:
    fetchTarball {
      inherit url;
      sha256 = hash;
      name = "source";
    };
in
/*
  The source of a project, given as a path, a derivation, { url, hash } of an archive (the hash of what is in it), or the
  URL alone, which Nix fetches only in an impure evaluation. `src` is what is built; `tree` is where it can be read while
  evaluating, or null if it would have to be built first; `metadata` has the files that say what the project needs, and where that
  can be told while evaluating no others.

  Type: projectSource ::
    AttrSet -> (path | derivation | string | { url, hash })
    -> { src, tree :: path | string | null, metadata :: string | derivation }

  Example:
    projectSource pkgs ./my-package
    => { src = "/nix/store/…-source"; tree = ./my-package; metadata = "/nix/store/…-project"; }
*/
pkgs: value:
let
  ofText =
    text:
    if isBuilt text then
      {
        src = value;
        tree = null;
        metadata = ofBuilt pkgs value;
      }
    else
      {
        src = text;
        tree = text;
        metadata = ofTree text;
      };
in
if isPath value then
  let
    tree = presentFile {
      argument = "src";
      path = value;
      line = "src = ./.;";
      directory = null;
    };
  in
  {
    src = builtins.path {
      path = tree;
      name = "source";
    };
    inherit tree;
    metadata = ofTree tree;
  }
else if isURL value then
  if builtins ? currentTime then
    ofText (fetchTarball value)
  else
    fail {
      what = "a URL without a hash may give something else each time";
      where = "the source ${value}";
      hint = ''{ url = "${value}"; hash = ""; } and then the hash that Nix says it got'';
    }
else if isAttrs value && value ? url && !(value ? outPath) then
  ofText (fetched {
    inherit (value) url;
    hash = value.hash or "";
  })
else if isString value && substring 0 1 value == "/" || isAttrs value && value ? outPath then
  ofText "${value}"
else
  fail {
    what = "this is no source: neither a path nor a derivation nor { url, hash }";
    where = "the argument `src`";
    hint = "src = ./.;";
  }
