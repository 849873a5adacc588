{ ... }:
let
  inherit (builtins) foldl' removeAttrs;
in
/*
  Build a wheel from an sdist by PEP 517, with the build packages `build` that the lock has for it and no others: they
  stand first on the module path, before what the build hook of nixpkgs brings. The phases are named here, so that a
  setup hook among the native inputs (cmake, meson) cannot put itself in their place.

  The output is a directory of one wheel. `attrs` are further attributes, which take the place of those here; `changes`
  are overrides of both, as overridePythonAttrs takes them: the inputs are without those that every build has.

  Type: buildWheel ::
    { pkgs, base, name, version, src, build :: [derivation], nativeBuildInputs, buildInputs, fix ? { }, attrs ? { },
      changes :: [AttrSet -> AttrSet] ? [ ] } -> derivation

  Example:
    buildWheel { inherit pkgs base src; name = "foo"; version = "1.0"; build = [ setuptools ]; … }
    => «derivation …-python3.12-foo-1.0-wheel.drv»
*/
{
  pkgs,
  base,
  name,
  version,
  src,
  build,
  nativeBuildInputs,
  buildInputs,
  fix ? { },
  attrs ? { },
  changes ? [ ],
}:
let
  given = foldl' (old: change: old // change old) (
    {
      pname = name;
      # Of the package: what is built is installed as a wheel, and nothing is to be added to the locked build packages.
      format = "wheel";
      inherit version src buildInputs;
      nativeBuildInputs = build ++ nativeBuildInputs;
      pypaBuildFlags = fix.flags or [ ];
      patches = fix.patches or [ ];
      postPatch = fix.postPatch or "";
      env = fix.env or { };
      dontConfigure = true;
      strictDeps = true;
    }
    // attrs
  ) changes;
in
(given.stdenv.mkDerivation or pkgs.stdenv.mkDerivation) (
  removeAttrs given [
    "format"
    "stdenv"
  ]
  // {
    name = "${base.python.libPrefix}-${name}-${version}-wheel";
    nativeBuildInputs = [
      base.python
    ]
    ++ given.nativeBuildInputs
    ++ [
      base.pypaBuildHook
      pkgs.ensureNewerSourcesForZipFilesHook
      pkgs.unzip
    ];
    buildInputs = [ base.python ] ++ given.buildInputs;
    # The lock has what the build needs; asking again would refuse what a fix has relaxed.
    pypaBuildFlags = [ "--skip-dependency-check" ] ++ given.pypaBuildFlags;
    buildPhase = given.buildPhase or "pypaBuildPhase";
    installPhase = ''
      runHook preInstall
      mkdir "$out"
      cp dist/*.whl "$out"
      runHook postInstall
    '';
    dontFixup = true;
  }
)
