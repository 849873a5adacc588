{
  arguments,
  environmentFor,
  extendPython,
  extraPackages,
  fail,
  legacyArguments,
  lockFor,
  mkDockerImage,
  mkNixpkgs,
  mkOverlay,
  mkPythonShell,
  overlayFor,
  ...
}:
let
  inherit (builtins) attrValues filter;

  # What an environment of mach-nix has; `env` is nixpkgs' too, without programs of other packages.
  ofMachNix =
    {
      args,
      packageOverrides,
      selectPkgs,
    }:
    {
      inherit selectPkgs;
      env = mkPythonShell args;
      pythonOverrides = packageOverrides;
      overlay = mkOverlay args;
      nixpkgs = mkNixpkgs args;
      dockerImage = mkDockerImage args;
      expr = fail {
        what = "there is no `expr` as in mach-nix: no Nix expression is generated";
        where = "an environment of mkPython";
        hint = "env.lock says what was resolved";
      };
    };

  environmentOf =
    called:
    let
      args = legacyArguments called;
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
      selectPkgs = set: map (attr: set.${attr}) attrs;
      attrs = map (entry: made.attrs.${entry.name}) made.lock.packages ++ attrValues extra.attrs;
      env = environmentFor {
        inherit (given) pkgs ignoreCollisions postBuild;
        inherit python others;
        packages = selectPkgs python.pkgs;
      };
    in
    env
    // {
      inherit packageOverrides others;
      inherit (python) pkgs;
      python = python // {
        pkgs = python.pkgs // {
          inherit selectPkgs;
        };
      };
      lock = made.file;
      # What a shell leaves where it is (editable.nix).
      editable = filter (directory: directory.editable or false) (
        map (entry: entry.directory or { }) made.lock.packages
      );
    }
    // ofMachNix {
      inherit args packageOverrides selectPkgs;
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

  and as in mach-nix `env` (mkPythonShell), `overlay`, `nixpkgs`, `dockerImage`, `pythonOverrides` (packageOverrides),
  and `selectPkgs`, a function that takes the environment's packages of a set, which is in `python.pkgs` too.

  Type: mkPython :: AttrSet -> derivation

  Example:
    mkPython { inherit pkgs; requirements = "flask"; }
    => «derivation …-python3-3.12.11-env.drv»
*/
args: (args.pkgs or (arguments args).pkgs).lib.makeOverridable environmentOf args
