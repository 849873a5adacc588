# nixpkgs: pkgs/build-support/rust/import-cargo-lock.nix. The crates of a Cargo.lock as a directory of sources: a
# directory a crate, NAME-VERSION. Crates of every registry are fetched from one place, where nixpkgs knows one registry
# and those that it is given; what crates inherit from their workspace is not filled in.
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
  lock = builtins.fromTOML lockFileContents;
  crates = builtins.filter (crate: crate ? source) lock.package or [ ];
  git = crate: builtins.match "git\\+([^?]+)(\\?(rev|tag|branch)=(.*))?#(.*)" crate.source;

  tree =
    crate:
    assert allowBuiltinFetchGit;
    builtins.fetchGit {
      url = builtins.elemAt (git crate) 0;
      rev = builtins.elemAt (git crate) 4;
      allRefs = true;
      submodules = true;
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
        kind = builtins.elemAt parts 2;
      in
      ''
        manifest=$(grep -rlx --include=Cargo.toml 'name = "${crate.name}"' ${tree crate} | head -n 1)
        cp -r "$(dirname "$manifest")" "$out/${crate.name}-${crate.version}"
        chmod -R u+w "$out/${crate.name}-${crate.version}"
        printf '{"files":{},"package":null}' > "$out/${crate.name}-${crate.version}/.cargo-checksum.json"
        if ! grep -qF '[source."${crate.source}"]' "$out/.cargo/config.toml"; then
          value='${if kind == null then "" else builtins.elemAt parts 3}'
          # From the fourth version on it is encoded.
          [ ${toString (lock.version or 2)} -lt 4 ] || value=$(printf '%b' "''${value//%/\\x}")
          {
            printf '\n[source."%s"]\ngit = "%s"\n' '${crate.source}' '${builtins.head parts}'
            [ -z "$value" ] || printf '%s = "%s"\n' '${toString kind}' "$value"
            echo 'replace-with = "vendored-sources"'
          } >> "$out/.cargo/config.toml"
        fi
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
