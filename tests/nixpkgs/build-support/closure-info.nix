# nixpkgs: pkgs/build-support/closure-info.nix. The store paths that some paths need, as a file.
{ stdenvNoCC }:
{ rootPaths }:
stdenvNoCC.mkDerivation {
  name = "closure-info";
  # Nix writes for each root a file of records: path, deriver, number of references, references.
  exportReferencesGraph = builtins.concatLists (
    builtins.genList (i: [
      "closure-${toString i}"
      (builtins.elemAt rootPaths i)
    ]) (builtins.length rootPaths)
  );
  buildCommand = ''
    mkdir "$out"
    cat closure-* >"$out/registration"
    grep -hx "$NIX_STORE/[^/]*" closure-* | sort -u >"$out/store-paths"
  '';
}
