{ attempt, attrName, ... }:
let
  inherit (builtins)
    concatStringsSep
    filter
    isAttrs
    match
    ;

  # How the names of the Python set's setup hooks begin, for releases of nixpkgs that do not mark them.
  pythonHooks = concatStringsSep "|" [
    "python"
    "pypa"
    "pip"
    "setuptools"
    "flit"
    "poetry"
    "wheel"
    "egg"
    "conda"
    "pytest"
    "unittest"
    "stestr"
    "wrap-python"
    "ensure-newer-sources"
  ];

  isPythonHook =
    input:
    input.provides.setupHook or false
    || match "(${pythonHooks}).*hook(\\.sh)?" (input.pname or input.name) != null;

  # These work only with data of the very source that nixpkgs builds (its vendored crates), or put a build, check or
  # installation of their own in the place of the one here. rust-bindgen-hook does neither.
  isBound = input: match "(cargo|maturin)-.*hook(\\.sh)?" (input.name or "") != null;

  isNative = input: isAttrs input && !(input ? pythonModule) && !(isPythonHook input) && !(isBound input);

  natives = inputs: filter (input: attempt false (isNative input)) inputs;
in
/*
  What nixpkgs' package of the same project is built with beside Python: compilers, libraries, pkg-config. Libraries
  that nixpkgs lists among its `propagatedBuildInputs` (pyscard's pcsclite) are inputs like the others. Its Python inputs
  are left out, because an sdist is built with what the lock says; the interpreter is one of them.

  Type: nativeInputs :: { base, name :: string } -> { nativeBuildInputs :: [derivation], buildInputs :: [derivation] }

  Example:
    nativeInputs { base = python3.pkgs; name = "lxml"; }
    => { nativeBuildInputs = [ libxml2.dev libxslt.dev ]; buildInputs = [ libxml2 libxslt zlib ]; }
*/
{ base, name }:
let
  attr = attrName {
    set = base;
    inherit name;
  };
  package = attempt null (base.${attr} or null);
  of = inputs: if package == null then [ ] else natives (attempt [ ] (package.${inputs} or [ ]));
in
{
  nativeBuildInputs = of "nativeBuildInputs";
  buildInputs = of "buildInputs" ++ of "propagatedBuildInputs";
}
