{ scope, fake }:
let
  fixture = import ./project.nix { inherit scope fake; };
  inherit (fixture) package;
in
{
  theLockBesideTheSource = {
    expr = (package { }).lock;
    expected = ./project/pylock.toml;
  };
  itsDependenciesAreOfTheLock = {
    expr = map (needed: needed.name) (package { }).propagatedBuildInputs;
    expected = [ "a-1.0" ];
  };
  forAnotherEnvironment = {
    expr = [
      (package { }).requirements
      (package { extras = [ "docs" ]; }).requirements
      (package { }).python.pkgs.a.name
    ];
    expected = [
      "a>=1"
      "a>=1\nb\nc; os_name == \"posix\""
      "a-1.0"
    ];
  };
}
