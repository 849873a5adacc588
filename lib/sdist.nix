{
  buildWheel,
  installWheel,
  nativeInputs,
  ...
}:
/*
  The provider `sdist`: a package of the lock from its source. It takes two derivations, because build packages and
  runtime packages are resolved apart and may contradict each other: one builds a wheel and sees only the build
  packages, one installs it and sees only the dependencies. So nothing of the first is in the closure of the second.

  Type: sdist ::
    { pkgs, base, fetch :: AttrSet -> derivation, entry :: AttrSet, build :: [derivation],
      dependencies :: [derivation] } -> derivation

  Example:
    sdist { inherit pkgs base; fetch = source …; entry = …; build = [ setuptools ]; dependencies = [ ]; }
    => «derivation …-python3.12-foo-1.0.drv»
*/
{
  pkgs,
  base,
  fetch,
  entry,
  build,
  dependencies,
}:
let
  inherit (entry) name version;
  native = nativeInputs { inherit base name; };
in
installWheel {
  inherit
    pkgs
    base
    name
    version
    dependencies
    ;
  wheel = buildWheel {
    inherit
      pkgs
      base
      name
      version
      build
      ;
    inherit (native) nativeBuildInputs buildInputs;
    src = fetch {
      inherit entry;
      file = entry.sdist;
    };
  };
  # A wheel is compressed, so Nix cannot see the libraries that it refers to; as inputs here they are seen again.
  inherit (native) buildInputs;
  passthru.provider = "sdist";
}
