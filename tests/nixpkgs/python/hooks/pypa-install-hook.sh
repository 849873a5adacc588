# Installs the wheels of dist/.
pypaInstallPhase() {
  local wheel
  runHook preInstall
  for wheel in dist/*.whl; do
    @pythonInterpreter@ -m installer --prefix "$out" "$wheel"
    echo "Successfully installed $wheel"
  done
  export PYTHONPATH="$out/@pythonSitePackages@:$PYTHONPATH"
  runHook postInstall
}

if [ -z "${dontUsePypaInstall-}" ] && [ -z "${installPhase-}" ]; then
  installPhase=pypaInstallPhase
fi
