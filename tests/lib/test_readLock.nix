{ scope, fake }:
let
  read =
    text:
    scope.readLock {
      inherit text;
      where = "pylock.toml";
      relock = "mach lock";
    };
  head = "lock-version = '1.0'\n";
  target = ''
    [tool.mach]
    version = 1
    requirements = []
    python = "3.12"
    systems = ["x86_64-linux"]
  '';
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
        lock = read (head + target);
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
    expr = fake.stops (read "a = 1\n");
    expected = true;
  };
  anotherLockVersion = {
    expr = fake.stops (read "lock-version = '2.0'\n${target}");
    expected = true;
  };
  notOurs = {
    expr = fake.stops (read head);
    expected = true;
  };
  aNewerMach = {
    expr = fake.stops (read "${head}[tool.mach]\nversion = 2\n");
    expected = true;
  };
  # An edit or a copy that was broken off.
  cutOffInALine = {
    expr = fake.stops (read "${head}[tool.mach]\nvers");
    expected = true;
  };
  cutOffInItsLastTable = {
    expr = fake.stops (read "${head}[tool.mach]\nversion = 1\n");
    expected = true;
  };
}
