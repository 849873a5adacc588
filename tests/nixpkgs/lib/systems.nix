# nixpkgs: lib/systems/default.nix (elaborate), lib/systems/inspect.nix: a Nix system or { system, libc } as a platform
{ lib }:
let
  cpus = {
    x86_64.bits = 64;
    aarch64.bits = 64;
    i686.bits = 32;
    armv7l.bits = 32;
    riscv64.bits = 64;
    powerpc64le.bits = 64;
  };
  defaultLibc = kernel: if kernel == "darwin" then "libSystem" else "glibc";
in
{
  elaborate =
    arg:
    let
      given = if builtins.isString arg then { system = arg; } else arg;
      parts = lib.splitString "-" given.system;
      cpu = builtins.elemAt parts 0;
      kernel = builtins.elemAt parts 1;
      platform = {
        inherit (given) system;
        libc = given.libc or (defaultLibc kernel);
        config = "${cpu}-${if platform.isDarwin then "apple" else "unknown"}-${kernel}";
        parsed = {
          cpu = cpus.${cpu} // {
            name = cpu;
          };
          kernel.name = kernel;
          abi.name = if platform.isMusl then "musl" else "gnu";
        };
        isLinux = kernel == "linux";
        isDarwin = kernel == "darwin";
        isUnix = true;
        isWindows = false;
        isMusl = platform.libc == "musl";
        isGnu = platform.libc == "glibc";
        isStatic = false;
        isx86_64 = cpu == "x86_64";
        isAarch64 = cpu == "aarch64";
        isx86 = cpu == "x86_64" || cpu == "i686";
        is64bit = platform.parsed.cpu.bits == 64;
        is32bit = platform.parsed.cpu.bits == 32;
        canExecute = other: other.system == platform.system;
        extensions = {
          sharedLibrary = if platform.isDarwin then ".dylib" else ".so";
          executable = "";
        };
        darwinMinVersion = if platform.isDarwin then "14.0" else null;
        darwinSdkVersion = if platform.isDarwin then "14.4" else null;
      };
    in
    platform;
}
