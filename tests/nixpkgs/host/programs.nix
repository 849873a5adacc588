# The host's programs under nixpkgs' package names: what the standard environment has, and what packages ask for.
{ lib, programs }:
lib.mapAttrs programs {
  bash = [
    "bash"
    "sh"
  ];
  bzip2 = [
    "bzip2"
    "bunzip2"
  ];
  coreutils = lib.splitString " " (
    "[ arch b2sum base32 base64 basename basenc cat chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir"
    + " dircolors dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln"
    + " logname ls md5sum mkdir mkfifo mknod mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv"
    + " printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum sha224sum sha256sum sha384sum sha512sum shred"
    + " shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true truncate tsort tty"
    + " uname unexpand uniq unlink users vdir wc who whoami yes"
  );
  diffutils = [
    "cmp"
    "diff"
    "diff3"
    "sdiff"
  ];
  file = [ "file" ];
  findutils = [
    "find"
    "xargs"
  ];
  gawk = [ "awk" ];
  git = [ "git" ];
  gnugrep = [
    "grep"
    "egrep"
    "fgrep"
  ];
  gnumake = [ "make" ];
  gnused = [ "sed" ];
  gnutar = [ "tar" ];
  gzip = [
    "gzip"
    "gunzip"
    "zcat"
  ];
  patch = [ "patch" ];
  perl = [ "perl" ];
  pkg-config = [ "pkg-config" ];
  unzip = [ "unzip" ];
  which = [ "which" ];
  xz = [
    "xz"
    "unxz"
  ];
}
