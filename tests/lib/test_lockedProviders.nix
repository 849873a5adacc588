{ scope, fake }:
let
  lock = scope.readLock {
    text = builtins.readFile ./lock.toml;
    where = "lock.toml";
    relock = "mach lock";
  };
  held =
    lock: providers:
    scope.lockedProviders {
      # What is warned of is kept.
      pkgs.lib.warn = message: lock: lock // { said = lock.said or [ ] ++ [ message ]; };
      inherit lock providers;
      where = "lock.toml";
      system = "x86_64-linux";
      relock = "mach lock";
    };
  isAllowed = providers: !(fake.stops (held lock providers));
  tagged = scope.readLock {
    text = builtins.readFile ./tags.toml;
    where = "tags.toml";
    relock = "mach lock";
  };
  # A project with a default of its own.
  withPip = lock // {
    packages = [
      {
        name = "pip";
        tool.mach.provider = "nixpkgs";
      }
    ];
  };
in
{
  # What is preferred to it could not be had.
  allowed = {
    expr = map isAllowed [
      { }
      { a = "nixpkgs,wheel"; }
      { B = [ "sdist" ]; }
      { _default = "wheel,sdist,nixpkgs"; }
      {
        _default = "wheel,sdist";
        PyYAML = "nixpkgs";
      }
    ];
    expected = [
      true
      true
      true
      true
      true
    ];
  };
  disabled = {
    expr = map isAllowed [
      { a = "sdist"; }
      { _default = "wheel,sdist"; }
      { a = "whele"; }
    ];
    expected = [
      false
      false
      false
    ];
  };
  tags = {
    expr = map (providers: fake.stops (held tagged providers)) [
      { mine = "github:owner/mine?dir=py"; }
      { mine = "wheel,git+https://github.com/owner/mine.git#subdirectory=py&tag-prefix=a-"; }
      { mine = "github:owner/mine"; }
      { mine = "github:other/mine?dir=py"; }
      { mine = "wheel,sdist"; }
      { _default = "wheel"; }
    ];
    expected = [
      false
      false
      true
      true
      true
      true
    ];
  };
  # overrides/providers.toml goes before `_default`, as it does in the program.
  defaultsOfProjects = {
    expr = map (providers: fake.stops (held withPip providers)) [
      { _default = "wheel"; }
      { pip = "wheel"; }
    ];
    expected = [
      false
      true
    ];
  };
  ofAnotherSystem = {
    expr = fake.stops (
      held (
        lock
        // {
          packages = [
            {
              name = "a";
              tool.mach = {
                provider = "wheel";
                systems = [ "aarch64-darwin" ];
              };
            }
          ];
        }
      ) { a = "sdist"; }
    );
    expected = false;
  };
  notInTheLock = {
    expr =
      (held lock {
        opencv_pyton = "wheel";
        nosuch = "sdist";
        flit_core = "wheel";
      }).said;
    expected = [
      "mach: the argument `providers.nosuch`: no such project is in the lock"
      "mach: the argument `providers.opencv_pyton`: no such project is in the lock: do you mean \"opencv-python\"?"
    ];
  };
}
