# Builds a wheel into dist/ by PEP 517, with the build packages among the inputs.
pypaBuildPhase() {
  runHook preBuild
  local -a flags=(--no-isolation --outdir dist/ --wheel)
  concatTo flags pypaBuildFlags
  echoCmd "pypa build flags" "${flags[@]}"
  @build@/bin/pyproject-build "${flags[@]}"
  runHook postBuild
}

if [ -z "${dontUsePypaBuild-}" ] && [ -z "${buildPhase-}" ]; then
  buildPhase=pypaBuildPhase
fi
