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
  ofAReferenceTheNameCounts = {
    expr = keys [ "A_b[x] @ https://index.example/a.whl#sha256=aa" ];
    expected = [ "a-b[x]@" ];
  };
  aReferenceIsAnotherKey = {
    expr = keys [ "a @ ./a" ] == keys [ "a" ];
    expected = false;
  };
  referencesWithoutANameCannotBeCompared = {
    expr = map (line: keys [ line ]) [
      "git+https://index.example/o/r"
      "./a"
      "https://index.example/a.zip"
      "github:o/r"
      "dist/a.whl"
    ];
    expected = [
      null
      null
      null
      null
      null
    ];
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
