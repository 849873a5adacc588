{ scope, fake }:
let
  read =
    text:
    scope.readLock {
      inherit text;
      where = "pylock.toml";
      relock = "mach lock";
    };
in
{
  aLock = {
    expr = map (entry: entry.name) (read (builtins.readFile ./lock.toml)).packages;
    expected = [
      "a"
      "b"
      "opencv-python"
      "pyyaml"
    ];
  };
  anEmptyLock = {
    expr =
      let
        lock = read "lock-version = '1.0'\n[tool.mach]\nversion = 1";
      in
      [
        lock.packages
        lock.tool.mach.build
      ];
    expected = [
      [ ]
      [ ]
    ];
  };
  noLock = {
    expr = fake.stops (read "a = 1");
    expected = true;
  };
  anotherLockVersion = {
    expr = fake.stops (read "lock-version = '2.0'\n[tool.mach]\nversion = 1");
    expected = true;
  };
  notOurs = {
    expr = fake.stops (read "lock-version = '1.0'");
    expected = true;
  };
  aNewerMach = {
    expr = fake.stops (read "lock-version = '1.0'\n[tool.mach]\nversion = 2");
    expected = true;
  };
}
