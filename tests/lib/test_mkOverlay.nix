{ scope, fake }:
let
  with' =
    args: fake.pkgs.extend (scope.mkOverlay ({ lock = ./lock.toml; } // args));
in
{
  theDefaultInterpreter = {
    expr = [
      (with' { }).python3.pkgs.a.name
      (with' { }).python3Packages.a.name
      ((with' { }).python312.pkgs ? a)
    ];
    expected = [
      "a-1.0"
      "a-1.0"
      false
    ];
  };
  another = {
    expr = map (python: (with' { inherit python; }).python312Packages.a.name) [
      "python312"
      "3.12"
    ];
    expected = [
      "a-1.0"
      "a-1.0"
    ];
  };
  aPackageIsNoAttribute = {
    expr = fake.stops ((with' { python = fake.pkgs.python3; }).python3.name);
    expected = true;
  };
}
