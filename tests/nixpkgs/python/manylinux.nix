# nixpkgs: pkgs/development/interpreters/python/manylinux/default.nix. The libraries that a manylinux wheel may expect.
{
  lib,
  expat,
  glib,
  glibc,
  libGL,
  libice,
  libsm,
  libx11,
  libxcrypt-legacy,
  libxext,
  libxrender,
  ncurses,
  stdenv,
  zlib,
}:
rec {
  manylinux1 = lib.unique (
    manylinux2010
    ++ [
      libxcrypt-legacy
      ncurses
    ]
  );
  manylinux2010 = manylinux2014;
  manylinux2014 = [
    expat
    glib
    glibc
    libGL
    libice
    libsm
    libx11
    libxext
    libxrender
    stdenv.cc.cc.lib
    zlib
  ];
}
