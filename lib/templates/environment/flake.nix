{
  description = "A Python environment from requirements.txt";

  inputs.mach.url = "github:OWNER/mach";

  outputs =
    { mach, ... }:
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
            value = f mach.lib.${system};
          }) systems
        );
      # Once you have made pylock.toml (`nix run mach -- lock -r requirements.txt`), write lock = ./pylock.toml; instead.
      environment.requirements = ./requirements.txt;
    in
    {
      packages = eachSystem (mach: {
        default = mach.mkPython environment;
      });
      devShells = eachSystem (mach: {
        default = mach.mkPythonShell environment;
      });
    };
}
