{
  fail,
  isSource,
  project,
  ...
}:
let
  inherit (builtins) isAttrs partition;

  isDerivation = value: isAttrs value && value.type or null == "derivation";
  # What a fetcher gives is a derivation too: one whose hash is known.
  isFetched = value: value ? outputHash;
  isPackage = value: isDerivation value && !(isFetched value);
  isModule = value: value ? pythonModule && isAttrs value.pythonModule;
  isBuilt = value: isModule value && value ? mach;

  nameOf = package: package.pname or (builtins.parseDrvName package.name).name;

  checkPython =
    python: package:
    let
      py = package.pythonModule;
    in
    if py == python then
      package
    else
      fail {
        what = ''${nameOf package} was built for Python "${py.version}", this environment has "${python.version}", or another build of it'';
        where = "the argument `packagesExtra`";
        hint = "buildPythonPackage { python = the environment's; src = …; }, or the source itself: packagesExtra = [ ./${nameOf package} ];";
      };

  refuse =
    package:
    fail {
      what = "${nameOf package} is a Python module that mach did not build: it brings dependencies of its own";
      where = "the argument `packagesExtra`";
      hint = ''requirements = "${nameOf package}"; providers.${nameOf package} = "nixpkgs";'';
    };
in
/*
  What stands in the argument `packagesExtra`, by what is done with it: the projects that are built from their sources
  (project.nix), those that mach's buildPythonPackage has built for this interpreter, and other packages, whose programs
  are to be found.

  Type: packagesExtra ::
    { pkgs, python } -> [path | derivation | AttrSet]
    -> { projects :: [AttrSet], built :: [derivation], others :: [derivation] }

  Example:
    packagesExtra { inherit pkgs; python = pkgs.python3; } [ ./my-package pkgs.graphviz ]
    => { projects = [ { name = "my-package"; … } ]; built = [ ]; others = [ pkgs.graphviz ]; }
*/
{ pkgs, python }:
list:
let
  sorted = partition isPackage list;
  modules = partition isModule sorted.right;
  known = partition isBuilt modules.right;
in
{
  projects = map (
    value:
    let
      one = project pkgs (if isSource value || value ? url then { src = value; } else value);
    in
    # Requirements that are given for a project are among those of the environment.
    one // { more = if one.given == null then one.more else "${one.given.text}\n${one.more}"; }
  ) sorted.wrong;
  built = map (checkPython python) known.right ++ map refuse known.wrong;
  others = modules.wrong;
}
