{ scope, fake }:
let
  functions = {
    nixpkgs.lib = fake.pkgs.lib // {
      warn = message: value: "${message}: ${if builtins.isFunction value then "a function" else value}";
    };
    pythonWith = "chains";
  };
  legacy = scope.legacyFunctions functions;
in
{
  calledOtherwise = {
    expr = [
      legacy."with"
      legacy.mergeOverrides
    ];
    expected = [
      "mach: `with` of mach-nix is called `pythonWith` here: chains"
      "mach: `mergeOverrides` of mach-nix is called `pkgs.lib.composeManyExtensions` here: a function"
    ];
  };
  gone = {
    expr = builtins.filter (name: !(fake.stops legacy.${name})) (
      builtins.attrNames (
        removeAttrs legacy [
          "with"
          "mergeOverrides"
        ]
      )
    );
    expected = [ ];
  };
}
