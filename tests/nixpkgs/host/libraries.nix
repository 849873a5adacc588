# The host's libraries under nixpkgs' package names: those of the manylinux lists, and those that packages here ask for.
{ lib, library }:
lib.mapAttrs library {
  expat = {
    libraries = [ "libexpat.so.1" ];
    headers = [
      "expat.h"
      "expat_external.h"
    ];
  };
  glib.libraries = [
    "libglib-2.0.so.0"
    "libgobject-2.0.so.0"
    "libgthread-2.0.so.0"
  ];
  libGL.libraries = [ "libGL.so.1" ];
  libice.libraries = [ "libICE.so.6" ];
  libpq.libraries = [ "libpq.so.5" ];
  libsm.libraries = [ "libSM.so.6" ];
  libx11.libraries = [ "libX11.so.6" ];
  libxcrypt.libraries = [ "libcrypt.so.2" ];
  libxcrypt-legacy.libraries = [ "libcrypt.so.1" ];
  libxext.libraries = [ "libXext.so.6" ];
  libxrender.libraries = [ "libXrender.so.1" ];
  libyaml = {
    libraries = [ "libyaml-0.so.2" ];
    headers = [ "yaml.h" ];
  };
  ncurses.libraries = [
    "libncursesw.so.6"
    "libpanelw.so.6"
  ];
  openssl.libraries = [
    "libcrypto.so.3"
    "libssl.so.3"
  ];
  zlib = {
    libraries = [ "libz.so.1" ];
    headers = [
      "zlib.h"
      "zconf.h"
    ];
  };
}
