{ scope, ... }:
let
  inherit (scope) requirementsOf;
  app = requirementsOf ./requirements/app.txt;
  files = directory: builtins.attrNames (builtins.readDir directory);
in
{
  none = {
    expr = requirementsOf null;
    expected = null;
  };
  text = {
    expr = requirementsOf "flask\nnumpy";
    expected = {
      text = "flask\nnumpy";
      name = "requirements.txt";
      root = null;
    };
  };
  list = {
    expr =
      (requirementsOf [
        "flask"
        "numpy"
      ]).text;
    expected = "flask\nnumpy";
  };
  # What files ask for that are included counts, what only constrains does not.
  included = {
    expr = builtins.filter (line: line != "") (scope.requirementNames app.text);
    expected = [
      "flask"
      "numpy"
      "click"
    ];
  };
  # Of the directory only what is included is in the store, so that an edit elsewhere resolves nothing again.
  onlyTheFiles = {
    expr = [
      app.name
      (files app.root)
      (files (app.root + "/more"))
    ];
    expected = [
      "app.txt"
      [
        "app.txt"
        "limits.txt"
        "more"
        "shared.txt"
      ]
      [ "base.txt" ]
    ];
  };
  # The root is above all of them, also above the file that was given.
  includedFromAbove =
    let
      base = requirementsOf ./requirements/more/base.txt;
    in
    {
      expr = [
        base.name
        (files base.root)
      ];
      expected = [
        "more/base.txt"
        [
          "more"
          "shared.txt"
        ]
      ];
    };
  # Only the program knows what it asks for.
  anotherFormat = {
    expr = {
      inherit (requirementsOf ./requirements/environment.yml) text name;
      keys = scope.requirementKeys [ (requirementsOf ./requirements/environment.yml).text ];
    };
    expected = {
      text = "-r environment.yml";
      name = "environment.yml";
      keys = null;
    };
  };
}
