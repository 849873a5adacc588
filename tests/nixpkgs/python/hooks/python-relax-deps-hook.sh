# Loosens (pythonRelaxDeps) or drops (pythonRemoveDeps) requirements of the built wheel: a list of projects, or true.
pythonRelaxDepsHook() {
  local wheel
  for wheel in dist/*.whl; do
    PYTHONPATH="@wheel@/@pythonSitePackages@" @pythonInterpreter@ -m wheel unpack --dest unpacked "$wheel"
    rm "$wheel"
    @pythonInterpreter@ @relax@ unpacked/*/*.dist-info/METADATA "${pythonRelaxDeps-}" "${pythonRemoveDeps-}"
    PYTHONPATH="@wheel@/@pythonSitePackages@" @pythonInterpreter@ -m wheel pack --dest dist unpacked/*
    rm -r unpacked
  done
}

postBuildHooks+=(pythonRelaxDepsHook)
