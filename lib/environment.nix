{
  argumentTable,
  fail,
  interpreter,
  onlyArguments,
  ...
}:
let
  inherit (builtins)
    elemAt
    filter
    fromJSON
    isString
    length
    match
    split
    ;

  checked = onlyArguments {
    function = "environment";
    call = ''environment { python = "python312"; }'';
    required = [ "pkgs" ];
  } argumentTable;

  # The newest macOS whose wheels are taken when nixpkgs' own deployment target is older: that one says what nixpkgs
  # compiles for, and taken for wheels it would pass over most of the new ones.
  modernMacOS = [
    14
    0
  ];

  # The first two numbers of a version: "2.40-66" is [ 2 40 ].
  twoNumbers =
    version:
    let
      numbers = filter (part: isString part && match "[0-9]+" part != null) (split "[^0-9]+" version);
    in
    map (i: if i < length numbers then fromJSON (elemAt numbers i) else 0) [
      0
      1
    ];

  older =
    a: b:
    elemAt a 0 < elemAt b 0 || (elemAt a 0 == elemAt b 0 && elemAt a 1 < elemAt b 1);

  # How the kernel names a processor (`uname -m`) where Nix has another name.
  machines = {
    powerpc64le = "ppc64le";
    powerpc64 = "ppc64";
  };

  implementations = {
    cpython = "CPython";
    pypy = "PyPy";
  };

  linux =
    { stdenv, musl }:
    {
      sys = "linux";
      system = "Linux";
      machine = machines.${stdenv.hostPlatform.parsed.cpu.name} or stdenv.hostPlatform.parsed.cpu.name;
      target = {
        libc = if musl then "musl" else "glibc";
        libc-version = twoNumbers stdenv.cc.libc.version;
      };
    };

  darwin =
    { stdenv }:
    let
      minimum = twoNumbers (stdenv.hostPlatform.darwinMinVersion or "");
    in
    {
      sys = "darwin";
      system = "Darwin";
      machine = if stdenv.hostPlatform.isAarch64 then "arm64" else "x86_64";
      target.macos = if older minimum modernMacOS then modernMacOS else minimum;
    };
in
/*
  The environment of an interpreter, as `mach lock --environment` reads it: the values of the PEP 508 markers and the
  target of wheel tags. All of it comes from the interpreter's attributes; nothing is run. The release and version
  of the kernel are not known before a program runs, so these two markers are empty.
  Other arguments of mkPython change nothing.

  Type: environment :: { pkgs :: AttrSet, python ? derivation | string, … } -> AttrSet

  Example:
    environment { inherit pkgs; python = "python312"; }
    => { version = 1; system = "x86_64-linux"; markers = { python_version = "3.12"; … }; target = { … }; }
*/
args:
let
  inherit (checked args) pkgs;
  py = interpreter {
    inherit pkgs;
    python = args.python or pkgs.python3;
  };
  inherit (py) stdenv implementation pythonVersion;
  inherit (stdenv.hostPlatform) system;

  platform =
    if stdenv.hostPlatform.isLinux then
      linux {
        inherit stdenv;
        musl = stdenv.hostPlatform.isMusl;
      }
    else if stdenv.hostPlatform.isDarwin then
      darwin { inherit stdenv; }
    else
      fail {
        what = ''wheels are known for Linux and macOS, not for "${system}"'';
        where = "the argument `pkgs`";
        hint = ''pkgs = nixpkgs.legacyPackages."x86_64-linux";'';
      };

  # PyPy's own version is not that of the language, of which nixpkgs keeps only the first two numbers.
  fullVersion = if implementation == "cpython" then py.version else "${pythonVersion}.0";
in
{
  version = 1;
  inherit system;
  markers = {
    implementation_name = implementation;
    implementation_version = py.version;
    os_name = "posix";
    platform_machine = platform.machine;
    platform_python_implementation =
      implementations.${implementation} or (fail {
        what = ''wheels are known for CPython and PyPy, not for "${implementation}"'';
        where = "the argument `python`";
        hint = "python = pkgs.python3;";
      });
    platform_release = "";
    platform_system = platform.system;
    platform_version = "";
    python_full_version = fullVersion;
    python_version = pythonVersion;
    sys_platform = platform.sys;
  };
  target = {
    inherit implementation system;
    python = twoNumbers pythonVersion;
    # nixpkgs ends the name of such an interpreter's library directory as CPython does: python3.13t.
    free-threaded = match "python[0-9.]+t" py.libPrefix != null;
  }
  // platform.target;
}
