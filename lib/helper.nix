{ argumentTable, onlyArguments, ... }:
let
  root = ../.;

  # What the program is made of; so an edit elsewhere (a README, lib/ itself, a test) does not build it again.
  parts = [
    "go.mod"
    "go.sum"
    "helper"
    "overrides"
  ];

  isPart =
    path:
    builtins.any (
      part:
      let
        whole = "${toString root}/${part}";
      in
      path == whole || builtins.substring 0 (builtins.stringLength whole + 1) path == "${whole}/"
    ) parts;
  isTest = path: builtins.match ".*(_test\\.go|/testdata)" path != null;
in
/*
  The program `mach`, built with nixpkgs' Go.

  Type: helper :: { pkgs } -> derivation

  Example:
    helper { inherit pkgs; }
    => «derivation …-mach-0.1.0.drv»
*/
args:
let
  inherit
    (onlyArguments {
      function = "helper";
      call = "helper { }";
      required = [ "pkgs" ];
    } { inherit (argumentTable) pkgs; } args)
    pkgs
    ;
in
pkgs.buildGoModule {
  pname = "mach";
  version = "0.1.0";
  src = builtins.path {
    path = root;
    name = "mach-helper";
    filter = path: _type: isPart path && !(isTest path);
  };
  # The hash of the directory that `go mod vendor` makes; `tests/integration/vendor-hash` compares and writes it.
  vendorHash = import ./vendor-hash.nix;
  env.CGO_ENABLED = 0;
  subPackages = [ "helper" ];
  ldflags = [
    "-s"
    "-w"
  ];
  # Go names a program by its directory.
  postInstall = ''
    mv "$out/bin/helper" "$out/bin/mach"
  '';
  doCheck = false;
  meta.mainProgram = "mach";
}
