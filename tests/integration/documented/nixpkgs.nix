# The flake of the package set that the examples are tried on: tests/nixpkgs, with overlay.nix.
{
  outputs =
    _:
    let
      lib = import ./lib;
    in
    {
      inherit lib;
      legacyPackages = lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ] (
        system:
        import ./. {
          inherit system;
          overlays = [ (import ./overlay.nix) ];
        }
      );
    };
}
