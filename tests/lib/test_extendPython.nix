{ scope, fake }:
let
  extend =
    python: overlay:
    scope.extendPython {
      inherit (fake) pkgs;
      inherit python overlay;
    };
  once = extend fake.pkgs.python3 (_: _: { mine = 1; });
  twice = extend once (_: super: { mine = super.mine + 1; });
in
{
  overlaysAddUp = {
    expr = [
      once.pkgs.mine
      twice.pkgs.mine
    ];
    expected = [
      1
      2
    ];
  };
  theSetsPythonIsTheNewOne = {
    expr = twice.pkgs.python.pkgs.mine;
    expected = 2;
  };
}
