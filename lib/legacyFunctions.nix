{ fail, ... }:
let
  inherit (builtins) mapAttrs;

  # What is gone, and what to write instead.
  gone = {
    machNix = "mach.mkPythonOverrides { … } gives the overlay";
    machNixFile = "the lock says what was resolved: (mach.mkPython { … }).lock";
    mkPythonExpr = "mach.mkPython { … }";
    pythonDeps = "mach.helper { } is the program, which needs no Python";
    rPackages = "nixpkgs has R packages, in pkgs.rPackages; mach puts none into an environment";
    shellWith = "mach.pythonWith.numpy.requests, or mach.mkPythonShell { requirements = \"numpy\\nrequests\"; }";
    "mach-nix" = "mach.helper { } is the program";
  };
in
/*
  The attributes that mach-nix has beside functions of the same name here: what is called otherwise, with a warning, and
  of what is gone a message that says what to write.

  Type: legacyFunctions :: AttrSet -> AttrSet

  Example:
    (legacyFunctions functions)."with".numpy
    => functions.pythonWith.numpy
*/
functions:
let
  inherit (functions.nixpkgs) lib;
  renamed = old: new: lib.warn "mach: `${old}` of mach-nix is called `${new}` here";
in
mapAttrs (
  name: hint:
  fail {
    what = "there is no `${name}` as in mach-nix";
    where = "what `import mach` gives";
    inherit hint;
  }
) gone
// {
  "with" = renamed "with" "pythonWith" functions.pythonWith;
  mergeOverrides = renamed "mergeOverrides" "pkgs.lib.composeManyExtensions" lib.composeManyExtensions;
}
