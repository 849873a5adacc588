{ scope, fake }:
let
  source = scope.unpackedSource (
    fake.drv {
      name = "python3.12-foo-1.0-wheel";
      pname = "foo";
      version = "1.0";
      patches = [ "a.patch" ];
    }
  );
in
{
  asTheBuildHasIt = {
    expr = [
      source.name
      source.patches
      source.dontBuild
    ];
    expected = [
      "foo-1.0-source"
      [ "a.patch" ]
      true
    ];
  };
}
