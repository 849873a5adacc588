{ scope, fake }:
{
  theFunctionsAreOfThatNixpkgs = {
    expr = ((fake.pkgs.extend scope.overlay).mach.mkPython { lock = ./lock.toml; }).pkgs.a.name;
    expected = "a-1.0";
  };
}
