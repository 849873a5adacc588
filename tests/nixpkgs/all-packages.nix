# nixpkgs: pkgs/top-level/all-packages.nix and stage.nix. The packages, as an overlay over nothing.
{
  lib,
  config,
  host,
  hostPlatform,
}:
final: _:
let
  inherit (final) callPackage;
  hostPackages = import ./host {
    inherit lib host;
    inherit (host) system;
  };
  # What is made of the host's files is there before the standard environment is.
  programs = import ./host/programs.nix {
    inherit lib;
    inherit (hostPackages) programs;
  };
  libraries = import ./host/libraries.nix {
    inherit lib;
    inherit (hostPackages) library;
  };
  environments = import ./stdenv {
    inherit lib config host hostPlatform;
    buildPlatform = hostPlatform;
    cc = import ./host/cc.nix {
      inherit lib host hostPlatform;
      inherit (hostPackages) links sonames;
    };
    initialPath = with programs; [
      coreutils
      findutils
      diffutils
      gnused
      gnugrep
      gawk
      gnutar
      gzip
      bzip2
      gnumake
      bash
      patch
      xz
      file
    ];
  };
  trivialBuilders = callPackage ./build-support/trivial-builders.nix { };
  hook = name: script: final.makeSetupHook { inherit name; } script;
in
programs
// libraries
// environments
// {
  inherit lib config;
  inherit (trivialBuilders)
    runCommand
    runCommandCC
    runCommandLocal
    runCommandWith
    writeScript
    writeShellScript
    writeShellScriptBin
    writeText
    writeTextDir
    writeTextFile
    ;
  inherit (lib) makeOverridable;

  cmake = hostPackages.programsWith { "nix-support/setup-hook" = ./host/cmake-hook.sh; } "cmake" [
    "cmake"
    "ctest"
  ];
  gitMinimal = hostPackages.programs "git" [ "git" ];
  ninja = hostPackages.programs "ninja" [ "ninja" ];
  cargo = hostPackages.rust "cargo";
  rustc = hostPackages.rust "rustc";
  rustPlatform.importCargoLock = callPackage ./build-support/import-cargo-lock.nix { };
  libpq = libraries.libpq // {
    pg_config = hostPackages.programs "pg_config" [ "pg_config" ];
  };
  system = hostPlatform.system;
  runtimeShell = "${final.bash}/bin/bash";
  glibc = final.stdenv.cc.libc;
  pkgs = final;
  buildPackages = final;

  callPackage = final.newScope { };
  newScope = extra: lib.callPackageWith (final // extra);

  buildEnv = callPackage ./build-support/build-env.nix { inherit host; };
  cacert = callPackage ./build-support/cacert.nix { };
  closureInfo = callPackage ./build-support/closure-info.nix { };
  dockerTools = callPackage ./build-support/docker-tools.nix { inherit host; };
  fetchPypi = callPackage ./build-support/fetchpypi.nix { inherit host; };
  fetchurl = import ./build-support/fetchurl.nix {
    inherit lib;
    inherit (host) files;
  };
  mkShell = callPackage ./build-support/mkshell.nix { };
  makeSetupHook = callPackage ./build-support/setup-hook.nix { };
  makeWrapper = hook "make-wrapper-hook" ./build-support/make-wrapper.sh;
  ensureNewerSourcesForZipFilesHook = hook "ensure-newer-sources-hook" ./build-support/ensure-newer-sources.sh;

  patchelf = callPackage ./build-support/patchelf.nix { inherit host; };
  autoPatchelfHook = callPackage ./build-support/auto-patchelf.nix { inherit host; };

  go = import ./build-support/go.nix {
    inherit lib host hostPlatform;
    inherit (hostPackages) links;
  };
  buildGoModule = callPackage ./build-support/go-module.nix { };

  pythonManylinuxPackages = callPackage ./python/manylinux.nix { };
  pythonPackagesExtensions = [ ];
  pythonInterpreters = callPackage ./python { inherit host; };
  inherit (final.pythonInterpreters)
    python39
    python310
    python311
    python312
    python313
    python313FreeThreading
    python314
    ;
  python3 = final.${"python3${lib.versions.minor host.python.version}"};
  python3Packages = final.python3.pkgs;
  python39Packages = final.python39.pkgs;
  python310Packages = final.python310.pkgs;
  python311Packages = final.python311.pkgs;
  python312Packages = final.python312.pkgs;
  python313Packages = final.python313.pkgs;
  python314Packages = final.python314.pkgs;
}
