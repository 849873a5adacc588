{ scope, fake }:
let
  set = fake.pkgs.python3.pkgs;
  made = makeWith [ ];
  makeWith =
    changes:
    scope.buildWheel {
      inherit changes;
      inherit (fake) pkgs;
      base = set;
      name = "foo";
      version = "1.0";
      src = fake.drv { name = "foo-1.0.tar.gz"; };
      build = [ set.pyyaml ];
      nativeBuildInputs = [ (fake.drv { name = "pkg-config"; }) ];
      buildInputs = [ (fake.drv { name = "zlib"; }) ];
    };
in
{
  # The module path follows the order of inputs, so what the lock says comes before what the hooks bring.
  buildPackagesComeFirst = {
    expr = map (input: input.name) made.nativeBuildInputs;
    expected = [
      "python3-3.12.4"
      "PyYAML-6.0.2"
      "pkg-config"
      "pypa-build-hook.sh"
      "ensure-newer-sources-hook"
      "unzip-6.0"
    ];
  };
  # Overrides see what package it is for; a derivation has no format.
  theFormatIsToBeSeen = {
    expr = [
      (makeWith [ (old: { seen = old.format; }) ]).seen
      (made ? format)
    ];
    expected = [
      "wheel"
      false
    ];
  };
  noHookTakesAPhase = {
    expr = [
      made.dontConfigure
      made.buildPhase
      (made ? installPhase)
    ];
    expected = [
      true
      "pypaBuildPhase"
      true
    ];
  };
}
