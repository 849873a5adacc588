{ scope, fake }:
let
  fixture = import ./project.nix { inherit scope fake; };
  of =
    project: lock:
    scope.lockedProject {
      inherit (fixture) where relock;
      inherit project lock;
    };
  unnamed = fixture.project // {
    name = null;
    pname = null;
    version = null;
  };
  without = fixture.lock // {
    tool.mach = { };
  };
in
{
  byName = {
    expr = of fixture.project fixture.lock;
    expected = {
      pname = "My.Project";
      version = "1.5";
      build = [ "flit-core==3.12.0" ];
      needs = [
        "a"
        "gone"
      ];
    };
  };
  theLockKnowsWhatTheSourceDoesNot = {
    expr = removeAttrs (of unnamed fixture.lock) [ "build" ];
    expected = {
      pname = "my-project";
      version = "1.0";
      needs = [
        "a"
        "gone"
      ];
    };
  };
  requirementsThatAreGivenCount = {
    expr =
      (of (
        fixture.project
        // {
          given.text = "b>1\nc";
          more = "d";
        }
      ) fixture.lock).needs;
    expected = [
      "a"
      "b"
      "c"
      "d"
      "gone"
    ];
  };
  notInTheLock = {
    expr = map fake.stops [
      (of fixture.project without)
      (of (fixture.project // { name = "other"; }) fixture.lock)
    ];
    expected = [
      true
      true
    ];
  };
}
