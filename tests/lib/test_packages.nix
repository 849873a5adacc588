{ scope, fake }:
let
  locked = import ./locked.nix { inherit scope fake; };
  inherit (locked) names;
  set =
    (fake.pkgs.python3.override (_: {
      packageOverrides = locked.overlay;
    })).pkgs;
in
{
  everyProvider = {
    expr = [
      set.a.name
      set.b.name
      set.opencv4.name
      set.pyyaml.name
    ];
    expected = [
      "a-1.0"
      "b-2.0"
      "opencv-python-4.11.0"
      "PyYAML-6.0.2"
    ];
  };
  # colorama is in no entry of the lock: a dependency of another platform. b closes a cycle and is cut.
  dependenciesAreThoseOfTheLock = {
    expr = [
      (names set.a.propagatedBuildInputs)
      (names set.b.propagatedBuildInputs)
    ];
    expected = [
      [ "PyYAML-6.0.2" ]
      [ "a-1.0" ]
    ];
  };
  theProjectsNameIsAnAlias = {
    expr = set.opencv-python.name;
    expected = "opencv-python-4.11.0";
  };
  # Whatever else the set has stays as it is, and sees the new packages.
  nixpkgsPackagesSeeTheSet = {
    expr = set.jinja2.name;
    expected = "jinja2-3.1.5";
  };
  buildPackagesAreNotInTheSet = {
    expr = set ? flit-core;
    expected = false;
  };
}
