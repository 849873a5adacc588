{ scope, ... }:
let
  keys = scope.requirementKeys;
in
{
  writtenDifferently = {
    expr = keys [ "Foo_Bar[B, a] (>=1, <2) ; python_version > '3.8'  # why" ];
    expected = keys [ "foo-bar[a,b]<2,>=1; python_version > \"3.8\"" ];
  };
  anotherOrderAndALineOfHashes = {
    expr = keys [ "b==1 \\\n  --hash=sha256:aa\na" ];
    expected = keys [
      "a"
      "b==1"
    ];
  };
  aUrlKeepsItsFragment = {
    expr = keys [ "a @ https://index.example/a.whl#sha256=aa" ];
    expected = [ "a@https://index.example/a.whl#sha256=aa" ];
  };
  anotherVersionIsAnotherKey = {
    expr = keys [ "a>=1" ] == keys [ "a>=2" ];
    expected = false;
  };
  optionsCannotBeCompared = {
    expr = keys [ "a\n-r more.txt" ];
    expected = null;
  };
}
