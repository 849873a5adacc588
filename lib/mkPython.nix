{
  arguments,
  environmentFor,
  extendPython,
  extraPackages,
  lockFor,
  overlayFor,
  ...
}:
let
  inherit (builtins) attrValues;
  environmentOf =
    args:
    let
      given = arguments args;
      made = lockFor given;
      packageOverrides = overlayFor (made // { arguments = given; });
      inherit (given.extra) others;
      extra = extraPackages {
        arguments = given;
        inherit (made)
          attrs
          lock
          where
          relock
          ;
      };
      python = extendPython {
        inherit (given) pkgs python;
        overlay = packageOverrides;
      };
      attrs = map (entry: made.attrs.${entry.name}) made.lock.packages ++ attrValues extra.attrs;
      env = environmentFor {
        inherit (given) pkgs ignoreCollisions postBuild;
        inherit python others;
        packages = map (attr: python.pkgs.${attr}) attrs;
      };
    in
    env
    // {
      inherit python packageOverrides others;
      inherit (python) pkgs;
      lock = made.file;
    };
in
/*
  A Python environment with all packages of requirements or of a lock; `arguments.nix` says what may be given. Beside
  what every environment of nixpkgs has, it has

    python             the interpreter whose set has the packages, to be overridden or used further
    pkgs               that set
    packageOverrides   the overlay that made it
    lock               the lock: the committed file, or the derivation of it
    others             the packages of `packagesExtra` that are no Python modules
    override           the same with other arguments of mkPython

  Type: mkPython :: AttrSet -> derivation

  Example:
    mkPython { inherit pkgs; requirements = "flask"; }
    => «derivation …-python3-3.12.11-env.drv»
*/
args: (args.pkgs or (arguments args).pkgs).lib.makeOverridable environmentOf args
