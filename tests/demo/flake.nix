{
  inputs.mach.url = "path:../..";
  inputs.nixpkgs.follows = "mach/nixpkgs";

  outputs = { mach, nixpkgs, ... }:
    let
      args = {
        pkgs = nixpkgs.legacyPackages.SYSTEM;
        requirements = builtins.readFile ./requirements.txt;
        providers = {
          tqdm = "sdist";
          pyyaml = "nixpkgs";
        };
      };
    in
    {
      packages.SYSTEM.default = mach.lib.mkPython (args // { lock = ./pylock.toml; });

      # What mach lock is told of the target Python and of nixpkgs.
      environment = mach.lib.environment args;
      facts = mach.lib.facts args;
    };
}
