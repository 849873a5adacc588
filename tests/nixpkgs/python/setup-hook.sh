# Setup hook of the interpreter: modules of the inputs can be imported in a build.
addPythonPath() {
  addToSearchPathWithCustomDelimiter : PYTHONPATH "$1/@sitePackages@"
}

toPythonPath() {
  local path result=
  for path in $1; do
    result="$result${result:+:}$path/@sitePackages@"
  done
  echo "$result"
}

addEnvHooks "$hostOffset" addPythonPath

export PYTHONHASHSEED=0
export PYTHONNOUSERSITE=1
