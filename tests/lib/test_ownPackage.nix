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
  # `_` is of the package itself, by its name in any spelling, and of what it needs.
  simpleOverrides = {
    expr =
      let
        changed = package {
          _ = {
            my_project.postInstall = "mine";
            my_project.preBuild = "mine";
            a.postInstall = "its";
          };
        };
      in
      [
        changed.postInstall
        changed.wheel.preBuild
        (builtins.head changed.propagatedBuildInputs).postInstall
        (builtins.attrNames changed._)
      ];
    expected = [
      "mine"
      "mine"
      "its"
      [ "a" ]
    ];
  };
  simpleOverridesOfNobody = {
    expr = fake.stops (map (needed: needed.name) (package { _.nobody.doCheck = false; }).propagatedBuildInputs);
    expected = true;
  };
  tests = {
    expr = map (tests: (package { inherit tests; }).doCheck) [
      false
      true
      [ "My_Project" ]
      [ ]
    ];
    expected = [
      false
      true
      true
      false
    ];
  };
  # Those of its dependencies are no secret to the set.
  testsByName = {
    expr = map (needed: needed.name) (package { tests = [ "my-project" ]; }).propagatedBuildInputs;
    expected = [ "a-1.0" ];
  };
  anExtraAsText = {
    expr = (package { extras = "docs"; }).requirements;
    expected = (package { extras = [ "docs" ]; }).requirements;
  };
  nameAndVersionInOne = {
    expr =
      let
        named = package {
          name = "my-project-2.0";
          lock = ./project/pylock.toml;
        };
      in
      [
        named.pname
        named.version
      ];
    expected = [
      "my-project"
      "2.0"
    ];
  };
}
