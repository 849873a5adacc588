{
  description = "A Python application from its pyproject.toml";

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
    in
    {
      packages = eachSystem (mach: {
        default = mach.buildPythonApplication { src = ./.; };
      });
    };
}
