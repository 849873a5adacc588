# lib/database/crawl.nix with the program as it was built outside of Nix.
{
  pkgs ? import ../nixpkgs { },
  machBinary ? ../../build/mach,
  date,
  indexUrl,
  since ? null,
  before ? null,
  records ? null,
}:
import ../../lib/database/crawl.nix {
  inherit
    pkgs
    date
    indexUrl
    since
    before
    records
    ;
  mach = pkgs.runCommand "mach" { } ''
    mkdir -p "$out/bin"
    cp ${
      builtins.path {
        path = machBinary;
        name = "mach-binary";
      }
    } "$out/bin/mach"
    chmod +x "$out/bin/mach"
  '';
  parts = 2;
  requestsPerSecond = 1000;
}
