# Refuses a package in whose closure one project stands twice.
pythonCatchConflictsPhase() {
  @pythonInterpreter@ @catchConflicts@ "$out" @pythonSitePackages@
}

if [ -z "${dontUsePythonCatchConflicts-}" ]; then
  appendToVar preDistPhases pythonCatchConflictsPhase
fi
