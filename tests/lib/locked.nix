# The packages of lock.toml, for the tests of what makes sets and environments of them.
{ scope, fake }:
let
  inherit (fake) pkgs;
  lock = scope.readLock {
    text = builtins.readFile ./lock.toml;
    where = "lock.toml";
    relock = "mach lock";
  };
  attrs = scope.lockAttrs {
    set = pkgs.python3.pkgs;
    inherit lock;
  };
in
{
  inherit attrs lock;
  overlay = scope.packages {
    inherit pkgs lock attrs;
    python = pkgs.python3;
    filesUrl = "https://index.example";
    directory = ./.;
  };
  names = map (package: package.name);
}
