{ scope, fake }:
let
  inherit (fake) pkgs;
  provide =
    provider:
    scope.provide {
      inherit pkgs;
      base = pkgs.python3.pkgs;
      set = pkgs.python3.pkgs;
      fetch =
        { file, ... }:
        fake.drv { inherit (file) name; };
      build = [ ];
      dependencies = [ ];
      entry = {
        name = "pyyaml";
        version = "6.0.2";
        wheels = [
          {
            name = "pyyaml-6.0.2-py3-none-any.whl";
            hashes.sha256 = "aa";
          }
        ];
        sdist = {
          name = "pyyaml-6.0.2.tar.gz";
          hashes.sha256 = "bb";
        };
        tool.mach = {
          inherit provider;
          attr = "pyyaml";
        };
      };
    };
in
{
  everyProvider = {
    expr = map (name: (provide name).passthru.provider or "none") [
      "wheel"
      "sdist"
      "nixpkgs"
    ];
    expected = [
      "wheel"
      "sdist"
      "none"
    ];
  };
  unknown = {
    expr = fake.stops (provide "conda");
    expected = true;
  };
}
