{ scope, fake }:
let
  file =
    changes:
    scope.pypiFile (
      {
        inherit (fake) pkgs;
        pname = "a";
        version = "1";
        wheel = false;
      }
      // changes
    );
in
{
  # What the program finds is not to be had here; tests/integration has it.
  aDatabaseOnAServerIsRefused = {
    expr = fake.stops (file {
      db = {
        url = "https://index.example/pypi.xz";
        hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
      };
    });
    expected = true;
  };
  argumentsAreChecked = {
    expr = fake.stops (file { colour = "red"; });
    expected = true;
  };
}
