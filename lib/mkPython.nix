{
  arguments,
  extendPython,
  lockFor,
  overlayFor,
  ...
}:
let
  environmentOf =
    args:
    let
      given = arguments args;
      made = lockFor given;
      packageOverrides = overlayFor {
        arguments = given;
        inherit (made) attrs lock;
      };
      python = extendPython {
        inherit (given) pkgs python;
        overlay = packageOverrides;
      };
      env = python.withPackages (
        set: map (entry: set.${made.attrs.${entry.name}}) made.lock.packages
      );
    in
    env
    // {
      inherit python packageOverrides;
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
    override           the same with other arguments of mkPython

  Type: mkPython :: AttrSet -> derivation

  Example:
    mkPython { inherit pkgs; requirements = "flask"; }
    => «derivation …-python3-3.12.11-env.drv»
*/
args: (args.pkgs or (arguments args).pkgs).lib.makeOverridable environmentOf args
