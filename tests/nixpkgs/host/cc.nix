# nixpkgs: pkgs/build-support/cc-wrapper. The host's GNU compiler and its libraries, as `stdenv.cc` has them.
{
  lib,
  host,
  links,
  sonames,
  hostPlatform,
}:
let
  version = host.cc.version or "none";

  libc = links {
    pname = if hostPlatform.isMusl then "musl" else "glibc";
    version = if hostPlatform.isMusl then "1.2.5" else host.glibc;
    files = sonames [
      "libc.so.6"
      "libdl.so.2"
      "libm.so.6"
      "libpthread.so.0"
      "libresolv.so.2"
      "librt.so.1"
      "libutil.so.1"
    ];
  };

  runtime = links {
    pname = "gcc-lib";
    inherit version;
    files = sonames [
      "libatomic.so.1"
      "libgcc_s.so.1"
      "libgfortran.so.5"
      "libgomp.so.1"
      "libstdc++.so.6"
    ];
  };

  programs = [
    "gcc"
    "cc"
    "cpp"
  ]
  ++ lib.optionals (host.cc.cxx or false) [
    "g++"
    "c++"
  ]
  ++ [
    "ar"
    "as"
    "ld"
    "nm"
    "objcopy"
    "objdump"
    "ranlib"
    "readelf"
    "strip"
  ];
in
links {
  pname = "gcc-wrapper";
  inherit version;
  files = lib.optionalAttrs (host.cc != null) (
    lib.genAttrs' programs (name: lib.nameValuePair "bin/${name}" "/usr/bin/${name}")
    // {
      "nix-support/setup-hook" = "${./cc-hook.sh}";
    }
  );
  passthru = {
    inherit libc;
    cc = runtime // {
      lib = runtime;
    };
    isGNU = true;
    isClang = false;
    bintools.dynamicLinker = host.dynamicLinker;
  };
}
