{ scope, ... }:
let
  attrName =
    name: set:
    scope.attrName { inherit name set; };
in
{
  theNameItself = {
    expr = attrName "flask" { flask = null; };
    expected = "flask";
  };
  anotherName = {
    expr = attrName "opencv-python" { opencv4 = null; };
    expected = "opencv4";
  };
  anotherNameThatThisSetDoesNotHave = {
    expr = attrName "opencv-python" { };
    expected = "opencv-python";
  };
  # A project called `pkgs` is in the index; the set must keep its own.
  machineryIsKept = {
    expr = attrName "pkgs" { pkgs = null; };
    expected = "pkgs-project";
  };
}
