{ scope, fake }:
let
  python = fake.pkgs.python3;
  make =
    changes:
    scope.environmentFor (
      {
        inherit (fake) pkgs;
        inherit python;
        packages = [ python.pkgs.pyyaml ];
        ignoreCollisions = false;
        postBuild = "touch \"$out/built\"";
      }
      // changes
    );
  contains = part: text: builtins.length (builtins.split part text) > 1;
in
{
  packages = {
    expr = map (package: package.name) (make { }).packages;
    expected = [ "PyYAML-6.0.2" ];
  };
  # mach looks at collisions before the caller's own text, and nixpkgs does not.
  collisions = {
    expr = [
      (make { }).ignoreCollisions
      (contains "/bin/python3.12 -I [^ ]*-collisions.py \"\\$out\"\ntouch" (make { }).postBuild)
    ];
    expected = [
      true
      true
    ];
  };
  programsOfOthers = {
    expr =
      map (changes: (make changes).makeWrapperArgs) [
        { }
        { others = [ (fake.drv { name = "graphviz"; }) ]; }
      ];
    expected = [
      [ ]
      [ "--suffix PATH : /store/graphviz/bin" ]
    ];
  };
  ignored = {
    expr = (make { ignoreCollisions = true; }).postBuild;
    expected = "touch \"$out/built\"";
  };
}
