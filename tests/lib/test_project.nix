{ scope, fake }:
let
  of = args: scope.project fake.pkgs ({ src = ./project; } // args);
in
{
  readFromTheSource = {
    expr = [
      (of { }).name
      (of { }).version
      (of { }).dependencies
      (of { }).attrs
    ];
    expected = [
      "my-project"
      "1.5"
      [ "a>=1" ]
      { }
    ];
  };
  argumentsCount = {
    expr =
      let
        made = of {
          name = "other-3";
          requirements = [ "flask" ];
          postInstall = "true";
        };
      in
      [
        made.pname
        made.version
        made.given.text
        made.dependencies
        made.attrs.postInstall
      ];
    expected = [
      "other"
      "3"
      "flask"
      null
      "true"
    ];
  };
}
