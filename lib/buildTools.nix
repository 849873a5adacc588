{ fail, ... }:
let
  inherit (builtins)
    any
    concatStringsSep
    elemAt
    filter
    isList
    match
    split
    ;

  isOf = pattern: backend: match pattern backend != null;

  # Programs that a backend asks its system for first, and an index only if that has none.
  programs = [
    {
      pattern = "mesonpy|py_build_cmake\\..*|scikit_build_core\\..*";
      packages = pkgs: [ pkgs.ninja ];
    }
    {
      pattern = "py_build_cmake\\..*|scikit_build_core\\..*";
      packages = pkgs: [ pkgs.cmake ];
    }
  ];

  isRust =
    mach:
    mach ? crates
    || isOf "maturin(\\..*)?" (mach.build-backend or "")
    || any (id: match "(maturin|setuptools-rust)==.*" id != null) (mach.build or [ ]);

  # An element of `crates` as a table of a Cargo.lock.
  crateOf =
    registry: name: line:
    let
      parts = filter (part: !(isList part)) (split " " line);
      last = elemAt parts 2;
      isGit = match "git\\+.*" last != null;
    in
    if match "[^ ]+ [^ ]+ [^ ]+" line == null then
      fail {
        what = ''"${line}" is no crate: a name, a version and a hash'';
        where = "[[packages]] ${name}, crates";
        hint = "lock again";
      }
    else
      ''
        [[package]]
        name = "${elemAt parts 0}"
        version = "${elemAt parts 1}"
        source = "${if isGit then last else registry}"
      ''
      + (if isGit then "" else "checksum = \"${last}\"\n");

  vendor =
    pkgs: entry:
    let
      inherit (entry.tool.mach) crates;
      registry = entry.tool.mach.crate-registry or "";
    in
    pkgs.rustPlatform.importCargoLock {
      lockFileContents = "version = 3\n\n" + concatStringsSep "\n" (map (crateOf registry entry.name) crates);
      allowBuiltinFetchGit = true;
    };

  # Cargo looks here for its settings, after those of the source. The directory of crates is not copied, as nixpkgs' own
  # hook does, which would compare the whole Cargo.lock.
  settings = directory: ''
    export CARGO_HOME="$NIX_BUILD_TOP/.cargo-home"
    mkdir -p "$CARGO_HOME"
    for file in ${directory}/.cargo/config ${directory}/.cargo/config.toml; do
      [ ! -e "$file" ] || sed "s|cargo-vendor-dir|${directory}|" "$file" > "$CARGO_HOME/config.toml"
    done
    export CARGO_NET_OFFLINE=true
  '';
in
/*
  What the build of a package of the lock takes from nixpkgs for its build backend's sake: programs that the backend
  would ask an index for if there were none, and for Rust its compiler and the crates that the lock has, each fetched by
  its hash. `attrs` are attributes of the build.

  Type: buildTools :: { pkgs, entry :: AttrSet } -> { nativeBuildInputs :: [derivation], attrs :: AttrSet }

  Example:
    buildTools { inherit pkgs; entry = { name = "foo"; tool.mach.build-backend = "mesonpy"; }; }
    => { nativeBuildInputs = [ ninja ]; attrs = { }; }
*/
{ pkgs, entry }:
let
  mach = entry.tool.mach or { };
  backend = mach.build-backend or "";
in
{
  nativeBuildInputs =
    builtins.concatMap (tool: if isOf tool.pattern backend then tool.packages pkgs else [ ]) programs
    ++ (
      if isRust mach then
        [
          pkgs.cargo
          pkgs.rustc
        ]
      else
        [ ]
    );
  attrs = if mach.crates or [ ] == [ ] then { } else { postUnpack = settings (vendor pkgs entry); };
}
