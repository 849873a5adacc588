# wrapPythonPrograms: programs of the package find their Python, its modules, and the programs of its dependencies.

# buildPythonPath PATHS: sets program_PYTHONPATH and program_PATH to the closure of propagated inputs.
buildPythonPath() {
  local path
  declare -gA pythonPathsSeen=([@python@]=1)
  program_PYTHONPATH=
  program_PATH=
  addToSearchPath program_PATH @python@/bin
  for path in $1; do
    _addToPythonPath "$path"
  done
}

_addToPythonPath() {
  local path=$1 next
  [ -z "${pythonPathsSeen[$path]-}" ] || return 0
  pythonPathsSeen[$path]=1
  addToSearchPath program_PYTHONPATH "$path/@pythonSitePackages@"
  addToSearchPath program_PATH "$path/bin"
  if [ -e "$path/nix-support/propagated-build-inputs" ]; then
    for next in $(<"$path/nix-support/propagated-build-inputs"); do
      _addToPythonPath "$next"
    done
  fi
}

wrapPythonPrograms() {
  wrapPythonProgramsIn "$out/bin" "$out ${pythonPath-}"
}

wrapPythonProgramsIn() {
  local dir=$1 program
  local -a arguments
  [ -d "$dir" ] || return 0
  buildPythonPath "$2"
  arguments=(--prefix PATH : "$program_PATH")
  if [ -z "${permitUserSite-}" ]; then
    arguments+=(--set PYTHONNOUSERSITE true)
  fi
  concatTo arguments makeWrapperArgs
  while IFS= read -r -d '' program; do
    if @pythonInterpreter@ @addPaths@ "$program" @pythonInterpreter@ "$program_PYTHONPATH"; then
      wrapProgram "$program" "${arguments[@]}"
    fi
  done < <(find "$dir" -type f -perm -0100 -print0)
}
