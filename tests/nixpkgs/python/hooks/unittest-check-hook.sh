# Tests by unittest what was installed.
unittestCheckPhase() {
  runHook preCheck
  # shellcheck disable=SC2086
  @pythonInterpreter@ -m unittest discover ${unittestFlags-}
  runHook postCheck
}

if [ -z "${dontUseUnittestCheck-}" ] && [ -z "${installCheckPhase-}" ]; then
  appendToVar preDistPhases unittestCheckPhase
fi
