{ fail, ... }:
let
  inherit (builtins)
    any
    concatStringsSep
    elemAt
    filter
    isList
    match
    pathExists
    readFile
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

  cargoLockOf =
    entry:
    let
      inherit (entry.tool.mach) crates;
      registry = entry.tool.mach.crate-registry or "";
    in
    "version = 3\n\n" + concatStringsSep "\n" (map (crateOf registry entry.name) crates);

  fileOf = tree: name: if tree != null && pathExists (tree + "/${name}") then readFile (tree + "/${name}") else null;

  backendOf =
    tree:
    let
      text = fileOf tree "pyproject.toml";
    in
    if text == null then "" else (fromTOML text).build-system.build-backend or "";

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
  its hash. `attrs` are attributes of the build. Of a project that is built from its own `tree`, that says its backend, and
  its crates by the Cargo.lock at its top.

  Type: buildTools ::
    { pkgs, entry :: AttrSet, tree :: path | string | null ? null } -> { nativeBuildInputs :: [derivation], attrs :: AttrSet }

  Example:
    buildTools { inherit pkgs; entry = { name = "foo"; tool.mach.build-backend = "mesonpy"; }; }
    => { nativeBuildInputs = [ ninja ]; attrs = { }; }
*/
{
  pkgs,
  entry,
  tree ? null,
}:
let
  mach = {
    build-backend = backendOf tree;
  }
  // entry.tool.mach or { };
  backend = mach.build-backend;
  cargoLock = if mach.crates or [ ] != [ ] then cargoLockOf entry else fileOf tree "Cargo.lock";
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
  attrs =
    if isRust mach && cargoLock != null then
      {
        postUnpack = settings (
          pkgs.rustPlatform.importCargoLock {
            lockFileContents = cargoLock;
            allowBuiltinFetchGit = true;
          }
        );
      }
    else
      { };
}
