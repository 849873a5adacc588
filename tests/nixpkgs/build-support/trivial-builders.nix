# nixpkgs: pkgs/build-support/trivial-builders/default.nix
{
  lib,
  stdenv,
  stdenvNoCC,
  runtimeShell,
}:
rec {
  runCommandWith =
    {
      name,
      stdenv ? stdenvNoCC,
      runLocal ? false,
      derivationArgs ? { },
    }:
    buildCommand:
    stdenv.mkDerivation (
      {
        inherit name buildCommand;
        passAsFile = [ "buildCommand" ] ++ derivationArgs.passAsFile or [ ];
      }
      // lib.optionalAttrs runLocal {
        preferLocalBuild = true;
        allowSubstitutes = false;
      }
      // removeAttrs derivationArgs [ "passAsFile" ]
    );
  runCommand = name: derivationArgs: runCommandWith { inherit name derivationArgs; };
  runCommandLocal =
    name: derivationArgs:
    runCommandWith {
      inherit name derivationArgs;
      runLocal = true;
    };
  runCommandCC = name: derivationArgs: runCommandWith { inherit name derivationArgs stdenv; };

  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      meta ? { },
      passthru ? { },
    }:
    runCommandLocal name
      {
        inherit text executable passthru;
        passAsFile = [ "text" ];
        meta =
          lib.optionalAttrs (lib.hasPrefix "/bin/" destination) {
            mainProgram = lib.removePrefix "/bin/" destination;
          }
          // meta;
      }
      ''
        target=$out${lib.escapeShellArg destination}
        mkdir -p "$(dirname "$target")"
        cp "$textPath" "$target"
        if [ -n "$executable" ]; then
          chmod +x "$target"
        fi
      '';
  writeText = name: text: writeTextFile { inherit name text; };
  writeTextDir =
    path: text:
    writeTextFile {
      inherit text;
      name = baseNameOf path;
      destination = "/${path}";
    };
  writeScript =
    name: text:
    writeTextFile {
      inherit name text;
      executable = true;
    };
  writeShellScript = name: text: writeScript name "#!${runtimeShell}\n${text}\n";
  writeShellScriptBin =
    name: text:
    writeTextFile {
      inherit name;
      text = "#!${runtimeShell}\n${text}\n";
      executable = true;
      destination = "/bin/${name}";
    };
}
