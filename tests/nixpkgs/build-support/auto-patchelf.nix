# nixpkgs: pkgs/build-support/setup-hooks/auto-patchelf.sh as autoPatchelfHook in top-level/all-packages.nix.
{
  makeSetupHook,
  patchelf,
  stdenv,
  host,
}:
makeSetupHook {
  name = "auto-patchelf-hook";
  propagatedBuildInputs = [ patchelf ];
  substitutions = {
    python = host.python.interpreter;
    program = ./auto-patchelf.py;
    inherit (stdenv.cc) libc;
    inherit (stdenv.cc.bintools) dynamicLinker;
  };
} ./auto-patchelf.sh
