# nixpkgs: pkgs/development/interpreters/python/cpython/default.nix. The host's CPython as a package.
#
# The program is copied, so that it finds its prefix here and not in /usr; the standard library is linked, but for the
# module that the distribution has patched to install into /usr/local (see configure.py).
{
  lib,
  stdenv,
  host,
  passthruFun,
  pythonAttr,
  sourceVersion,
  self,
  packageOverrides ? (_: _: { }),
  enableGIL ? true,
  ...
}:
let
  pythonVersion = "${sourceVersion.major}.${sourceVersion.minor}";
  version = "${pythonVersion}.${sourceVersion.patch}${sourceVersion.suffix}";
  libPrefix = "python${pythonVersion}${lib.optionalString (!enableGIL) "t"}";

  passthru = passthruFun {
    implementation = "cpython";
    inherit
      libPrefix
      sourceVersion
      pythonVersion
      packageOverrides
      self
      pythonAttr
      ;
    executable = libPrefix;
    sitePackages = "lib/${libPrefix}/site-packages";
  };
in
stdenv.mkDerivation {
  pname = "python3";
  inherit version passthru;

  interpreter = "/usr/bin/${libPrefix}";
  inherit (passthru) libPrefix sitePackages;
  inherit pythonVersion;
  inherit (host.python) stdlib include;
  hostVersion = host.python.version;
  hostHash = host.python.sha256;

  setupHook = builtins.toFile "python-setup-hook.sh" (
    builtins.replaceStrings [ "@sitePackages@" ] [ passthru.sitePackages ] (builtins.readFile ../setup-hook.sh)
  );
  sitecustomize = ../sitecustomize.py;
  configure = ./configure.py;

  buildCommand = builtins.readFile ./builder.sh;

  meta = {
    description = "The host's Python";
    license = lib.licenses.psfl;
    platforms = lib.platforms.linux ++ lib.platforms.darwin;
    mainProgram = libPrefix;
  };
}
