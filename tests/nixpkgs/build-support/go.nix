# The host's Go as nixpkgs' package `go`.
{
  lib,
  links,
  host,
  hostPlatform,
}:
let
  inherit (hostPlatform.parsed) cpu kernel;
in
if host.go == null then
  throw ''
    the host has no Go
    hint: put go on the path and run tests/nixpkgs/host.sh''
else
  links {
    pname = "go";
    inherit (host.go) version;
    files = lib.genAttrs' [ "go" "gofmt" ] (name: lib.nameValuePair "bin/${name}" "${host.go.root}/bin/${name}");
    passthru = {
      CGO_ENABLED = "1";
      GOOS = kernel.name;
      GOARCH = { x86_64 = "amd64"; aarch64 = "arm64"; }.${cpu.name} or cpu.name;
    };
    meta.mainProgram = "go";
  }
