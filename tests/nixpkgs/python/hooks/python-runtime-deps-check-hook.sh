# Refuses a wheel whose requirements are not among the inputs.
pythonRuntimeDepsCheck() {
  local wheel
  for wheel in dist/*.whl; do
    echo "Checking runtime dependencies for $(basename "$wheel")"
    @pythonInterpreter@ @check@ "$wheel"
  done
}

if [ -z "${dontCheckRuntimeDeps-}" ]; then
  appendToVar preInstallPhases pythonRuntimeDepsCheck
fi
