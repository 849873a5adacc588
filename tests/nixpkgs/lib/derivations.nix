# nixpkgs: lib/attrsets.nix (outputs), lib/customisation.nix (extendDerivation), lib/strings.nix (names), lib/meta.nix
{ lib }:
{
  isDerivation = x: x.type or null == "derivation";

  getOutput =
    output: pkg: if !(pkg ? outputSpecified) || !pkg.outputSpecified then pkg.${output} or pkg.out or pkg else pkg;
  getDev = lib.getOutput "dev";
  getLib = lib.getOutput "lib";

  getName = x: x.pname or (builtins.parseDrvName (x.name or x)).name;

  # drv with passthru on it and on each of its outputs; nothing of it can be built unless condition holds.
  extendDerivation =
    condition: passthru: drv:
    let
      outputs = drv.outputs or [ "out" ];
      common = drv // builtins.listToAttrs outputList // { all = map (output: output.value) outputList; } // passthru;
      outputList = map (name: {
        inherit name;
        value =
          common
          // {
            inherit (drv.${name}) type outputName;
            outputSpecified = true;
            drvPath =
              assert condition;
              drv.${name}.drvPath;
            outPath =
              assert condition;
              drv.${name}.outPath;
          };
      }) outputs;
    in
    common
    // {
      drvPath =
        assert condition;
        drv.drvPath;
      outPath =
        assert condition;
        drv.outPath;
    };
}
