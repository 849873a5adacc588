{ scope, fake }:
let
  file = name: {
    inherit name;
    hashes.sha256 = "aa";
  };
  chosen = scope.pool {
    inherit (fake) pkgs;
    base = fake.pkgs.python3.pkgs;
    fetch =
      { file, ... }:
      fake.drv { inherit (file) name; };
    entries = [
      {
        id = "backend==1";
        name = "backend";
        version = "1";
        dependencies = [ "tool==2" ];
        sdist = file "backend-1.tar.gz";
        provider = "sdist";
        build = [ "tool==2" ];
      }
      {
        id = "pyyaml==6.0.2";
        name = "pyyaml";
        version = "6.0.2";
        provider = "nixpkgs";
        attr = "pyyaml";
      }
      {
        id = "tool==2";
        name = "tool";
        version = "2";
        wheels = [ (file "tool-2-py3-none-any.whl") ];
        provider = "wheel";
      }
    ];
  };
  backend = builtins.head (chosen [ "backend==1" ]);
  names = map (input: input.name);
in
{
  everyProvider = {
    expr = names (chosen [
      "backend==1"
      "pyyaml==6.0.2"
      "tool==2"
    ]);
    expected = [
      "backend-1"
      "PyYAML-6.0.2"
      "tool-2"
    ];
  };
  anSdistIsBuiltFromThePool = {
    expr = [
      (builtins.elem "tool-2" (names backend.src.nativeBuildInputs))
      (names backend.propagatedBuildInputs)
    ];
    expected = [
      true
      [ "tool-2" ]
    ];
  };
  aMissingOne = {
    expr = fake.stops (chosen [ "gone==1" ]);
    expected = true;
  };
}
