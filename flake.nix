{
  description = "Python environments for Nix, resolved over wheels, source distributions and nixpkgs at once";

  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      eachSystem =
        f:
        builtins.listToAttrs (
          map (system: {
            name = system;
            value = f system;
          }) systems
        );
      machFor = system: import ./default.nix { pkgs = nixpkgs.legacyPackages.${system}; };
    in
    {
      # mach.lib.mkPython { inherit pkgs; … } on the caller's nixpkgs, mach.lib.${system}.mkPython { … } on this one's.
      lib = (import ./lib).api // eachSystem machFor;

      # What builds nothing; tests/integration has the rest.
      checks = eachSystem (system: {
        lib = nixpkgs.legacyPackages.${system}.runCommand "mach-lib-tests" { } ''
          echo ${import ./tests/lib/run.nix} | tee "$out"
        '';
        helper = (machFor system).helper { };
      });

      packages = eachSystem (system: rec {
        mach = (machFor system).helper { };
        default = mach;
      });
    };
}
