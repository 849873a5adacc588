# The packages of lock.toml, for the tests of what makes sets and environments of them.
{ scope, fake }:
let
  inherit (fake) pkgs;
  lock = scope.readLock {
    text = builtins.readFile ./lock.toml;
    where = "lock.toml";
    relock = "mach lock";
  };
in
{
  inherit lock;
  overlay = scope.packages {
    inherit pkgs lock;
    python = pkgs.python3;
    filesUrl = "https://index.example";
    directory = ./.;
  };
  names = map (package: package.name);
}
