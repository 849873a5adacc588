# Imports the modules of pythonImportsCheck from what was installed.
pythonImportsCheckPhase() {
  if [ -n "${pythonImportsCheck-}" ]; then
    echo "Check whether the following modules can be imported: $pythonImportsCheck"
    # shellcheck disable=SC2086
    (cd "$out" && PYTHONPATH="$out/@pythonSitePackages@:$PYTHONPATH" PYTHONDONTWRITEBYTECODE=1 @pythonInterpreter@ -c '
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
' $pythonImportsCheck)
  fi
}

if [ -z "${dontUsePythonImportsCheck-}" ]; then
  appendToVar preDistPhases pythonImportsCheckPhase
fi
