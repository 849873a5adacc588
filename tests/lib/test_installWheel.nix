{ scope, fake }:
let
  install =
    changes:
    scope.installWheel (
      {
        inherit (fake) pkgs;
        base = fake.pkgs.python3.pkgs;
        name = "foo";
        version = "1.0";
        wheel = fake.drv { name = "src"; };
        dependencies = [ fake.pkgs.python3.pkgs.pyyaml ];
      }
      // changes
    );
  names = map (input: input.name);
  contains = part: text: builtins.length (builtins.split part text) > 1;
in
{
  pure = {
    expr =
      let
        made = install { file = "foo-1.0-py3-none-any.whl"; };
      in
      [
        made.format
        (names made.propagatedBuildInputs)
        (made ? autoPatchelfIgnoreMissingDeps)
        (contains "cp \"\\$src\" \"dist/foo-1.0-py3-none-any.whl\"" made.unpackPhase)
      ];
    expected = [
      "wheel"
      [ "PyYAML-6.0.2" ]
      false
      true
    ];
  };
  native = {
    expr =
      let
        made = install { file = "foo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl"; };
      in
      [
        (names made.nativeBuildInputs)
        (names made.buildInputs)
        made.dontStrip
      ];
    expected = [
      [ "auto-patchelf-hook" ]
      [ "zlib-2014" ]
      true
    ];
  };
  # There are no manylinux libraries on macOS, and nothing to patch.
  nativeOnDarwin = {
    expr =
      (install {
        pkgs = fake.pkgsFor "aarch64-darwin";
        file = "foo-1.0-cp312-cp312-macosx_11_0_arm64.whl";
      }).nativeBuildInputs;
    expected = [ ];
  };
  builtHere = {
    expr = [
      (contains "\"\\$src\"/\\*\\.whl" (install { }).unpackPhase)
      (install { }).dontStrip
    ];
    expected = [
      true
      false
    ];
  };
}
