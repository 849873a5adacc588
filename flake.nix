{
  description = "Python environments for Nix, resolved over wheels, source distributions and nixpkgs at once";

  inputs.nixpkgs.url = "github:nixos/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      inherit (import ./lib)
        api
        forPkgs
        nixosModule
        overlay
        ;
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
            value = f nixpkgs.legacyPackages.${system};
          }) systems
        );
      program = pkgs: (forPkgs pkgs).helper { };
    in
    {
      # mach.lib.mkPython { inherit pkgs; … } on the caller's nixpkgs, mach.lib.${system}.mkPython { … } on this one's.
      lib = api // eachSystem forPkgs;

      overlays.default = overlay;
      nixosModules.default = nixosModule;

      templates = rec {
        environment = {
          path = ./lib/templates/environment;
          description = "An environment and a shell from requirements.txt";
        };
        application = {
          path = ./lib/templates/application;
          description = "An application from its pyproject.toml";
        };
        default = environment;
      };

      packages = eachSystem (pkgs: rec {
        mach = program pkgs;
        default = mach;
      });

      # nix run mach -- lock …
      apps = eachSystem (pkgs: rec {
        mach = {
          type = "app";
          program = "${program pkgs}/bin/mach";
        };
        default = mach;
      });

      # The dot interface: nix shell mach#pythonWith.requests
      legacyPackages = eachSystem (pkgs: {
        inherit (forPkgs pkgs) pythonWith dockerImageWith;
        gen = throw "mach: there is no gen as in mach-nix: nix shell mach#pythonWith.numpy";
      });

      # To work on mach itself.
      devShells = eachSystem (pkgs: {
        default = pkgs.mkShell {
          packages = [
            pkgs.go
            pkgs.python3
          ];
        };
      });

      # What builds nothing; tests/integration has the rest.
      checks = eachSystem (pkgs: {
        lib = pkgs.runCommand "mach-lib-tests" { } ''
          echo ${import ./tests/lib/run.nix} | tee "$out"
        '';
        helper = program pkgs;
      });
    };
}
