# nixpkgs: pkgs/stdenv/generic/default.nix. The standard environment: the host's tools, this set's setup script.
{
  lib,
  config,
  host,
  initialPath,
  cc,
  buildPlatform,
  hostPlatform,
}:
let
  setupScript = lib.concatMapStrings (part: builtins.readFile (./setup + "/${part}.sh")) [
    "start"
    "hooks"
    "variables"
    "substitute"
    "inputs"
    "fixup"
    "phases"
  ];

  environment =
    defaultInputs:
    derivation {
      name = "stdenv-${host.system}";
      inherit (buildPlatform) system;
      builder = host.bash;
      args = [
        "-ec"
        ''
          /bin/mkdir "$out"
          {
            echo "initialPath='$initialPath'"
            echo "shell=$shell"
            echo "defaultNativeBuildInputs='$defaultInputs'"
            /bin/cat "$setupPath"
          } >"$out/setup"
        ''
      ];
      shell = host.bash;
      inherit initialPath defaultInputs;
      setup = setupScript;
      passAsFile = [ "setup" ];
    };

  stdenvWith =
    defaultInputs:
    let
      stdenv = environment defaultInputs // {
        inherit
          lib
          cc
          buildPlatform
          hostPlatform
          ;
        targetPlatform = hostPlatform;
        inherit (hostPlatform) isLinux isDarwin system;
        shell = host.bash;
        hasCC = defaultInputs != [ ];
        mkDerivation = import ./make-derivation.nix { inherit lib config; } stdenv;
      };
    in
    stdenv;
in
{
  stdenvNoCC = stdenvWith [ ];
  stdenv = stdenvWith (lib.optional (host.cc != null) cc);
}
