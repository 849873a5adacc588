{ scope, fake }:
let
  take =
    attr: version:
    scope.nixpkgs {
      inherit (fake) pkgs;
      set = fake.pkgs.python3.pkgs;
      entry = {
        name = attr;
        inherit version;
        tool.mach = { inherit attr; };
      };
    };
in
{
  asItIs = {
    expr = (take "pyyaml" "6.0.2").name;
    expected = "PyYAML-6.0.2";
  };
  anotherVersionIsTaken = {
    expr = (take "pyyaml" "5.0").version;
    expected = "6.0.2";
  };
  unusable = {
    expr = map (attr: fake.stops (take attr "1").name) [
      "missing"
      "gone"
      "broken"
      "throwing"
    ];
    expected = [
      true
      true
      true
      true
    ];
  };
}
