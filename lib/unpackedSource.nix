{ ... }:
/*
  The source of a wheel that is built (buildWheel.nix) as the build has it, unpacked and patched, in a tree.

  Type: unpackedSource :: derivation -> derivation

  Example:
    unpackedSource (buildWheel { name = "foo"; version = "1.0"; … })
    => «derivation …-foo-1.0-source.drv»
*/
wheel:
wheel.overrideAttrs (_: {
  name = "${wheel.pname}-${wheel.version}-source";
  dontBuild = true;
  installPhase = ''cp -r . "$out"'';
})
