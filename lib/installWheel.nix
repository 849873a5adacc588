{ patchWheel, ... }:
let
  inherit (builtins) stringLength substring;

  # A wheel that was packed on Windows does not say which files can be run.
  scripts = ''
    machScripts() {
      if [ -d "$out/bin" ]; then
        find "$out/bin" -type f -exec chmod +x {} +
      fi
    }
    preFixupHooks+=(machScripts)
  '';

  # Whether a wheel of this file name holds code for one platform only.
  isNative = name: substring (stringLength name - 8) 8 name != "-any.whl";
in
/*
  Install a wheel with the hooks of the base set `base`, which mach does not override: so `installer`, `wheel` and
  whatever else the hooks are made of can be in the lock and nothing recurses. `wheel` is the file, or a directory of
  one; `file` is its name if it was fetched, and null if it was built here. `fix` is what fixes.nix gives, and `check`
  are the attributes of a check phase.

  Conflicts are not looked for, because the packages come from one resolution and each name is one derivation.

  Type: installWheel ::
    { pkgs, base, name, version, wheel, file ? null, dependencies, buildInputs ? [ ], passthru ? { },
      fix ? { }, check ? { } } -> derivation

  Example:
    installWheel { inherit pkgs base; name = "flask"; version = "3.1.0"; wheel = source …; dependencies = [ ]; }
    => «derivation …-python3.12-flask-3.1.0.drv»
*/
{
  pkgs,
  base,
  name,
  version,
  wheel,
  file ? null,
  dependencies,
  buildInputs ? [ ],
  passthru ? { },
  fix ? { },
  check ? { },
}:
let
  dlopen = fix.dlopen or [ ];
  isPatched = (file != null && isNative file || dlopen != [ ]) && pkgs.stdenv.hostPlatform.isLinux;
  patch = if isPatched then patchWheel { inherit pkgs name file dlopen; } else { };
in
base.buildPythonPackage (
  {
    pname = name;
    inherit version passthru;
    format = "wheel";
    src = wheel;
    # The fetched file gets back the name that the index gave it, which says what is in it. As in nixpkgs' own hook
    # for wheels postUnpack is not run: its hooks want a source tree to look for dates in.
    unpackPhase = ''
      runHook preUnpack
      mkdir dist
      cp ${if file == null then ''"$src"/*.whl dist/'' else ''"$src" "dist/${file}"''}
      ${if file == null then "" else scripts}
      ${patch.shell or ""}
    '';
    nativeBuildInputs = [ ];
    propagatedBuildInputs = dependencies;
    doCheck = false;
    dontConfigure = true;
    dontBuild = true;
    # Whoever made a wheel has stripped it, and on macOS signed it, as they wanted.
    dontStrip = file != null;
    catchConflicts = false;
    dontCheckRuntimeDeps = true;
    preFixup = fix.preFixup or "";
  }
  // patch.attrs or { }
  // {
    buildInputs = patch.attrs.buildInputs or [ ] ++ buildInputs;
  }
  // check
)
