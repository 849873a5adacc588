# What a lock with a wheel for each kind of system becomes there, evaluated alone: claims by name, true, or they fail.
{ pkgs, others }:
let
  scope = import ../../lib;
  inherit (pkgs) lib;
  python = pkgs.python3;

  # A lock with a wheel for each kind of system.
  wheelsOf = {
    aarch64-darwin = "multi-1.0-cp311-cp311-macosx_11_0_arm64.whl";
    aarch64-linux = "multi-1.0-cp311-cp311-manylinux_2_17_aarch64.manylinux2014_aarch64.whl";
    x86_64-darwin = "multi-1.0-cp311-cp311-macosx_10_9_x86_64.whl";
    x86_64-linux = "multi-1.0-cp311-cp311-manylinux1_x86_64.whl";
  };
  lockOf =
    wheels:
    builtins.toFile "pylock.toml" ''
      lock-version = "1.0"
      environments = []
      requires-python = ">=${python.pythonVersion}"
      created-by = "mach"

      [[packages]]
      name = "multi"
      version = "1.0"
      dependencies = []
      wheels = [
      ${lib.concatMapStringsSep "\n" (
        file:
        ''    { name = "${file}", url = "https://index.example/${file}", hashes = { sha256 = "${lib.concatStrings (lib.genList (_: "ab") 32)}" } },''
      ) (lib.attrValues wheels)}
      ]

      [packages.tool.mach]
      provider = "wheel"
      wheel = { ${lib.concatStringsSep ", " (lib.mapAttrsToList (system: file: ''${system} = "${file}"'') wheels)} }

      [tool.mach]
      version = 1
      requirements = ["multi"]
      python = "${python.pythonVersion}"
      systems = [${lib.concatMapStringsSep ", " (system: ''"${system}"'') (lib.attrNames wheels)}]
    '';
  on =
    pkgs: wheels:
    scope.mkPython {
      inherit pkgs;
      python = "python${lib.replaceStrings [ "." ] [ "" ] python.pythonVersion}";
      lock = lockOf wheels;
    };
  target =
    pkgs: wheels:
    let
      env = on pkgs wheels;
      inherit (env.pkgs) multi;
    in
    {
      evaluates = builtins.isString env.drvPath;
      file = multi.src.name;
      isPatched = builtins.elem pkgs.autoPatchelfHook multi.nativeBuildInputs;
      hasOldLibraries = builtins.elem pkgs.ncurses multi.buildInputs;
      hasLibraries = builtins.elem pkgs.zlib multi.buildInputs;
      hasCompiler = builtins.elem pkgs.stdenv.cc.cc multi.buildInputs;
    };
  musl = "multi-1.0-cp311-cp311-musllinux_1_2_x86_64.whl";
in
{
  aarch64Linux =
    target others.aarch64-linux wheelsOf == {
      evaluates = true;
      file = wheelsOf.aarch64-linux;
      isPatched = true;
      hasOldLibraries = false;
      hasLibraries = true;
      hasCompiler = true;
    };
  x8664Linux =
    let
      made = target others.x86_64-linux wheelsOf;
    in
    made.evaluates && made.file == wheelsOf.x86_64-linux && made.isPatched && made.hasOldLibraries;
  macOS = lib.all
    (
      system:
      target others.${system} wheelsOf == {
        evaluates = true;
        file = wheelsOf.${system};
        isPatched = false;
        hasOldLibraries = false;
        hasLibraries = false;
        hasCompiler = false;
      }
    )
    [
      "aarch64-darwin"
      "x86_64-darwin"
    ];
  musl =
    target others.musl { x86_64-linux = musl; } == {
      evaluates = true;
      file = musl;
      isPatched = true;
      hasOldLibraries = false;
      hasLibraries = false;
      hasCompiler = true;
    };
  aLockOfTheOtherLibraryIsRefused =
    !(builtins.tryEval (target others.musl wheelsOf).evaluates).success
    && !(builtins.tryEval (target others.x86_64-linux { x86_64-linux = musl; }).evaluates).success;
}
