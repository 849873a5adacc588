{ scope, fake }:
let
  make =
    system: said:
    scope.wheel rec {
      pkgs = fake.pkgsFor system;
      base = pkgs.python3.pkgs;
      fetch = { file, ... }: fake.drv { inherit (file) name; };
      dependencies = [ ];
      entry = {
        name = "a";
        version = "1.0";
        wheels = [
          { name = "a-1.0-py3-none-macosx_11_0_arm64.whl"; }
          { name = "a-1.0-py3-none-any.whl"; }
        ];
        tool.mach = said;
      };
    };
  several.wheel = {
    aarch64-darwin = "a-1.0-py3-none-macosx_11_0_arm64.whl";
    x86_64-linux = "a-1.0-py3-none-any.whl";
  };
in
{
  isInstalled = {
    expr =
      let
        made = make "x86_64-linux" several;
      in
      [
        made.name
        made.src.name
        made.src.isWheel
        made.passthru.provider
      ];
    expected = [
      "a-1.0"
      "a-1.0-py3-none-any.whl"
      true
      "wheel"
    ];
  };
  ofAnotherSystem = {
    expr = (make "aarch64-darwin" several).src.name;
    expected = "a-1.0-py3-none-macosx_11_0_arm64.whl";
  };
  theOnlyOne = {
    expr = (make "aarch64-linux" { }).src.name;
    expected = "a-1.0-py3-none-macosx_11_0_arm64.whl";
  };
  ofNoSystem = {
    expr = fake.stops (make "aarch64-linux" several).src.name;
    expected = true;
  };
}
