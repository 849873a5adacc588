# nixpkgs: pkgs/build-support/rust/import-cargo-lock.nix. The crates of a Cargo.lock as a directory of sources. Crates of
# every registry are fetched from one place; those of repositories lie at their top.
{
  lib,
  fetchurl,
  runCommand,
}:
{
  lockFileContents,
  allowBuiltinFetchGit ? false,
}:
let
  crates = builtins.filter (crate: crate ? source) (builtins.fromTOML lockFileContents).package or [ ];
  git = crate: builtins.match "git\\+([^?#]+)(\\?((rev|tag|branch)=([^#]*))?)?#(.*)" crate.source;

  tree =
    crate:
    assert allowBuiltinFetchGit;
    builtins.fetchGit {
      url = builtins.elemAt (git crate) 0;
      rev = builtins.elemAt (git crate) 5;
      allRefs = true;
    };

  archive =
    crate:
    fetchurl {
      name = "crate-${crate.name}-${crate.version}.tar.gz";
      url = "https://index.example/crates/${crate.name}/${crate.version}/download";
      sha256 = crate.checksum;
    };

  unpack =
    crate:
    if git crate == null then
      ''
        mkdir "$out/${crate.name}-${crate.version}"
        tar xf ${archive crate} -C "$out/${crate.name}-${crate.version}" --strip-components=1
        printf '{"files":{},"package":"${crate.checksum}"}' > "$out/${crate.name}-${crate.version}/.cargo-checksum.json"
      ''
    else
      let
        parts = git crate;
        kind = builtins.elemAt parts 3;
        reference = if kind == null then "" else "${kind} = \"${builtins.elemAt parts 4}\"";
      in
      ''
        cp -r ${tree crate} "$out/${crate.name}-${crate.version}"
        chmod -R u+w "$out/${crate.name}-${crate.version}"
        printf '{"files":{},"package":null}' > "$out/${crate.name}-${crate.version}/.cargo-checksum.json"
        cat >> "$out/.cargo/config.toml" <<END

        [source."${crate.source}"]
        git = "${builtins.head parts}"
        ${reference}
        replace-with = "vendored-sources"
        END
      '';
in
runCommand "cargo-vendor-dir" { inherit lockFileContents; } (
  ''
    mkdir -p "$out/.cargo"
    printf '%s' "$lockFileContents" > "$out/Cargo.lock"
    cat > "$out/.cargo/config.toml" <<END
    [source.crates-io]
    replace-with = "vendored-sources"

    [source.vendored-sources]
    directory = "cargo-vendor-dir"
    END
  ''
  + lib.concatStringsSep "\n" (map unpack crates)
)
