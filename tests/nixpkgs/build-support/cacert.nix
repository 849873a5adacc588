# nixpkgs: pkgs/by-name/ca/cacert/package.nix. The bundle is the host's.
{ runCommand }:
runCommand "nss-cacert" { } ''
  mkdir -p "$out/etc/ssl/certs"
  ln -s /etc/ssl/certs/ca-certificates.crt "$out/etc/ssl/certs/ca-bundle.crt"
''
