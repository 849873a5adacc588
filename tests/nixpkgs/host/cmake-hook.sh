# Setup hook of cmake: as in nixpkgs it takes the place of the configure phase unless the package has one.
cmakeConfigurePhase() {
  runHook preConfigure
  # shellcheck disable=SC2086
  cmake -S . -B "${cmakeBuildDir:=build}" -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_BUILD_TYPE=Release ${cmakeFlags-}
  cd "$cmakeBuildDir"
  runHook postConfigure
}

if [ -z "${dontUseCmakeConfigure-}" ] && [ -z "${configurePhase-}" ]; then
  configurePhase=cmakeConfigurePhase
fi
