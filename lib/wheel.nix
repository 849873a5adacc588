{ installWheel, source, ... }:
/*
  The provider `wheel`: a package of the lock from its wheel.

  Type: wheel :: { pkgs, base, filesUrl, entry :: AttrSet, dependencies :: [derivation] } -> derivation

  Example:
    wheel { inherit pkgs base filesUrl; entry = builtins.head lock.packages; dependencies = [ ]; }
    => «derivation …-python3.12-flask-3.1.0.drv»
*/
{
  pkgs,
  base,
  filesUrl,
  entry,
  dependencies,
}:
let
  file = builtins.head entry.wheels;
in
installWheel {
  inherit pkgs base dependencies;
  inherit (entry) name version;
  file = file.name;
  wheel = source {
    inherit
      pkgs
      filesUrl
      entry
      file
      ;
  };
  passthru.provider = "wheel";
}
