{ isSource, ... }:
let
  inherit (builtins)
    all
    isAttrs
    isBool
    isFunction
    isList
    isPath
    isString
    match
    substring
    ;

  orNull = is: value: value == null || is value;
  listOf = is: value: isList value && all is value;
  isStore = value: isAttrs value && value ? outPath;
  # A path of the evaluator, or text that is one: "${src}/pylock.toml".
  isFile = value: isPath value || isStore value || isString value && substring 0 1 value == "/";
  isDay = value: isString value && match "[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?" value != null;
  # As Nix writes one now, as it wrote them before, or none yet.
  isHash =
    value:
    isString value
    && (
      value == ""
      || match "sha(256-[A-Za-z0-9+/]{43}=|512-[A-Za-z0-9+/]{86}==|(256|512):[A-Za-z0-9+/]{43,}={0,2})" value != null
    );
in
/*
  The arguments that `mkPython` and its kin share, by name: of which type each is (`is` tests it, `type` says it), and a
  line with one, for messages. What they mean stands in docs/api.md.

  Type: argumentTable :: { NAME :: { type :: string, is :: a -> bool, line :: string } }

  Example:
    argumentTable.lockHash.line
    => ''lockHash = "sha256-…";''
*/
{
  pkgs = {
    type = "a nixpkgs";
    is = value: isAttrs value && value ? stdenv && value ? lib;
    line = "mach.lib.mkPython { pkgs = nixpkgs.legacyPackages.\${system}; … }";
  };
  requirements = {
    type = "text, the path of a requirements file, or a list of requirements";
    is = orNull (value: isString value || isFile value || listOf isString value);
    line = "requirements = ./requirements.txt;";
  };
  lock = {
    type = "the path of a file";
    is = orNull isFile;
    line = "lock = ./pylock.toml;";
  };
  lockHash = {
    type = "the hash of a lock";
    is = orNull isHash;
    line = ''lockHash = ""; and then the hash that Nix says it got'';
  };
  extras = {
    type = "a list of names";
    is = value: isString value || listOf isString value;
    line = ''extras = [ "docs" ];'';
  };
  groups = {
    type = "a list of names";
    is = orNull (listOf isString);
    line = ''groups = [ "dev" ];'';
  };
  python = {
    type = "an interpreter of nixpkgs, or the name of one";
    is = value: isString value || isAttrs value;
    line = ''python = "python312";'';
  };
  providers = {
    type = "a set by project";
    is = isAttrs;
    line = ''providers = { _default = "wheel,sdist,nixpkgs"; numpy = "nixpkgs"; };'';
  };
  overridesPre = {
    type = "a list of overlays";
    is = listOf isFunction;
    line = "overridesPre = [ (self: super: { … }) ];";
  };
  overridesPost = {
    type = "a list of overlays";
    is = listOf isFunction;
    line = "overridesPost = [ (self: super: { … }) ];";
  };
  fixes = {
    type = "a list of directories";
    is = listOf isFile;
    line = "fixes = [ ./my-overrides ];";
  };
  packagesExtra = {
    type = "a list of packages and sources";
    is = listOf (value: isSource value || isAttrs value);
    line = "packagesExtra = [ ./my-package pkgs.graphviz ];";
  };
  tests = {
    type = "true, false or a list of projects";
    is = value: isBool value || listOf isString value;
    line = ''tests = [ "my-package" ];'';
  };
  ignoreCollisions = {
    type = "true or false";
    is = isBool;
    line = "ignoreCollisions = true;";
  };
  postBuild = {
    type = "shell text";
    is = isString;
    line = ''postBuild = "rm $out/bin/unwanted";'';
  };
  db = {
    type = "the path of a database, or { url, hash, size } of one on a server";
    is = value: isFile value || isString value || isAttrs value;
    line = "db = ./pypi.xz;";
  };
  index = {
    type = "the URL of an index";
    is = orNull (value: isString value && match "https?://.*" value != null);
    line = ''index = "https://index.example/simple";'';
  };
  excludeNewer = {
    type = "a day like 2026-01-31";
    is = orNull isDay;
    line = ''excludeNewer = "2026-01-31";'';
  };
  filesUrl = {
    type = "the URL below which an index keeps its files";
    is = orNull isString;
    line = ''filesUrl = "https://index.example/files";'';
  };
  helper = {
    type = "a package with the program mach";
    is = isStore;
    line = "helper = mach.packages.\${system}.mach;";
  };
  _ = {
    type = "a set by package";
    is = isAttrs;
    line = "_.pandas.buildInputs.add = [ pkgs.zlib ];";
  };
}
