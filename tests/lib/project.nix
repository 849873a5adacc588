# The project in ./project, its lock, and a function that makes packages of it, for the tests.
{ scope, fake }:
let
  inherit (fake) pkgs;
  where = "pylock.toml";
  relock = "mach lock .";
in
rec {
  inherit where relock;
  lock = scope.readLock {
    text = builtins.readFile ./project/pylock.toml;
    inherit where relock;
  };
  attrs = scope.lockAttrs {
    set = pkgs.python3.pkgs;
    inherit lock;
  };
  project = scope.project pkgs { src = ./project; };
  package = changes: scope.buildPythonPackage ({ inherit pkgs; src = ./project; } // changes);
}
