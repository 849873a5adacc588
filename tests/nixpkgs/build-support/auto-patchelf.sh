# Setup hook: programs and libraries that were built elsewhere find their libraries in the inputs and in the package.
#
# As in nixpkgs. Variables: dontAutoPatchelf, runtimeDependencies, appendRunpaths, autoPatchelfIgnoreMissingDeps (patterns;
# "*" for all). Functions: addAutoPatchelfSearchPath [--no-recurse] DIR…, autoPatchelf [--no-recurse] PATH…

declare -a autoPatchelfLibs=() extraAutoPatchelfLibs=()

gatherLibraries() {
  autoPatchelfLibs+=("$1/lib")
}

addEnvHooks "$targetOffset" gatherLibraries

# Directories below DIR that have a shared library.
addAutoPatchelfSearchPath() {
  local dir
  local -a depth=()
  while [[ ${1-} == --* ]]; do
    if [ "$1" = --no-recurse ]; then
      depth=(-maxdepth 1)
    fi
    shift
  done
  while IFS= read -r dir; do
    extraAutoPatchelfLibs+=("$dir")
  done < <(find "$@" "${depth[@]}" \! -type d \( -name '*.so' -o -name '*.so.*' \) -printf '%h\n' | sort -u)
}

autoPatchelf() {
  local -a ignore=() runtime=() append=() recursion=()
  while [[ ${1-} == --* ]]; do
    if [ "$1" = --no-recurse ]; then
      recursion=(--no-recurse)
    fi
    shift
  done
  set -f
  concatTo ignore autoPatchelfIgnoreMissingDeps
  concatTo runtime runtimeDependencies
  concatTo append appendRunpaths
  set +f
  # The former way to ignore all.
  if [ "${ignore[*]}" = 1 ]; then
    ignore=("*")
  fi
  @python@ -I @program@ \
    --interpreter @dynamicLinker@ \
    --libc @libc@/lib \
    --paths "$@" "${recursion[@]}" \
    --libs "${autoPatchelfLibs[@]}" "${extraAutoPatchelfLibs[@]}" \
    --ignore-missing "${ignore[@]}" \
    --runtime-dependencies "${runtime[@]/%//lib}" \
    --append-rpaths "${append[@]}"
}

autoPatchelfPostFixup() {
  if [ -n "${dontAutoPatchelf-}" ]; then
    return 0
  fi
  local output
  local -a paths=()
  for output in $outputs; do
    if [ -e "${!output}" ] && [ "$output" != debug ]; then
      paths+=("${!output}")
    fi
  done
  autoPatchelf "${paths[@]}"
}

postFixupHooks+=(autoPatchelfPostFixup)
