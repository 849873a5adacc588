{
  buildTools,
  buildWheel,
  installWheel,
  nativeInputs,
  overridable,
  unpackedSource,
  ...
}:
/*
  The provider `sdist`: a package of the lock from its source. It takes two derivations, because build packages and
  runtime packages are resolved apart and may contradict each other: one builds a wheel and sees only the build
  packages, one installs it and sees only the dependencies. So nothing of the first is in the closure of the second.

  `attrs` are further attributes of the build of the wheel. Of `testing`, `check` gives the attributes of a check phase for a source, which is run if `isTested`.

  Type: sdist ::
    { pkgs, base, fetch :: AttrSet -> derivation, entry :: AttrSet, build :: [derivation],
      dependencies :: [derivation], fix ? { },
      testing :: { isTested :: bool, check :: derivation -> AttrSet }, attrs ? { }, provider ? "sdist" } -> derivation

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
  fix ? { },
  testing,
  attrs ? { },
  provider ? "sdist",
}:
let
  inherit (entry) name version;
  native = nativeInputs { inherit base name; };
  tools = buildTools { inherit pkgs entry; };
  buildInputs = native.buildInputs ++ fix.buildInputs or [ ];

  checkOf = wheel: testing.check (unpackedSource wheel);
in
overridable {
  inherit pkgs name;
  check = checkOf;
  build =
    changes:
    buildWheel {
      inherit
        pkgs
        base
        name
        version
        build
        buildInputs
        fix
        changes
        ;
      attrs = tools.attrs // attrs;
      nativeBuildInputs = native.nativeBuildInputs ++ tools.nativeBuildInputs ++ fix.nativeBuildInputs or [ ];
      src = fetch {
        inherit entry;
        file = entry.sdist;
      };
    };
  # A wheel is compressed, so Nix cannot see the libraries that it refers to; as inputs of both they are seen again.
  install =
    wheel:
    installWheel {
      inherit
        pkgs
        base
        name
        version
        dependencies
        buildInputs
        fix
        wheel
        ;
      passthru = { inherit provider; };
      check = if testing.isTested then checkOf wheel else { };
    };
}
