{ manylinux, ... }:
let
  # Libraries of the driver of a graphics card: they belong to the machine's kernel and are never in the store.
  ofDrivers = builtins.concatStringsSep " | " [
    "libcuda.so*"
    "libcudadebugger.so*"
    "libnvcuvid.so*"
    "libnvidia-*.so*"
    "libnvoptix.so*"
  ];
in
/*
  What makes the code of a wheel for Linux find its libraries: those of its level (manylinux.nix), its own, and those of
  the packages that it depends on, wherever they keep them (the CUDA pattern). A library that nobody has is no error,
  since most are of optional plugins; a warning names it, unless it is the driver's.

  `attrs` are attributes for nixpkgs' function, `shell` is to be run when the sources are unpacked, so that no override
  of a later phase takes it away.

  Type: patchWheel :: { pkgs, name, file :: string | null, dlopen :: [string] } -> { attrs :: AttrSet, shell :: string }

  Example:
    patchWheel { inherit pkgs; name = "numpy"; file = "numpy-2.3.0-cp312-cp312-manylinux_2_28_x86_64.whl"; dlopen = [ ]; }
    => { attrs = { nativeBuildInputs = [ autoPatchelfHook ]; … }; shell = "…"; }
*/
{
  pkgs,
  name,
  file,
  dlopen,
}:
{
  attrs = {
    nativeBuildInputs = [ pkgs.autoPatchelfHook ];
    buildInputs = manylinux { inherit pkgs name file; };
    autoPatchelfIgnoreMissingDeps = [ "*" ];
    appendRunpaths = dlopen;
  };
  # nixpkgs' hook is run from here, to read what it says: "NAME wanted by FILE" of each library that is missing.
  shell = ''
    machSearch() {
      local path
      for path in ''${PYTHONPATH//:/ }; do
        if [ -d "$path" ]; then
          addAutoPatchelfSearchPath "$path"
        fi
      done
    }
    machPatch() {
      local library file line missing=
      if [ -n "$machDontPatch" ]; then
        return 0
      fi
      autoPatchelf "$out" 2>&1 | tee "$NIX_BUILD_TOP/mach-patched" | sed '/warn.* wanted by /d'
      while read -r library file; do
        case $library in
        ${ofDrivers}) ;;
        *) missing+="    $library, for ''${file#"$out/"}"$'\n' line=$library ;;
        esac
      done < <(sed -n 's/^.* \([^ ]*\) wanted by \(.*\)$/\1 \2/p' "$NIX_BUILD_TOP/mach-patched" | sort -u)
      if [ -n "$missing" ]; then
        printf 'warning: mach: %s has code for libraries that nobody has:\n%s  in %s\nhint: %s\n' \
          ${if file == null then name else file} "$missing" "$out" \
          "_.${name}.buildInputs.add = [ pkgs.… ]; # the package of nixpkgs that has $line" >&2
      fi
    }
    machDontPatch=''${dontAutoPatchelf-}
    dontAutoPatchelf=1
    preFixupHooks+=(machSearch)
    postFixupHooks+=(machPatch)
  '';
}
