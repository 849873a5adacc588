# What is done to every output after it is installed: stripping, and shebangs that point into the store.

stripOutput() {
  [ -z "${dontStrip-}" ] || return 0
  command -v strip >/dev/null || return 0
  local dir
  local -a dirs=()
  for dir in lib lib64 libexec bin sbin; do
    if [ -d "$prefix/$dir" ]; then
      dirs+=("$prefix/$dir")
    fi
  done
  [ ${#dirs[@]} -gt 0 ] || return 0
  echo "stripping (with command strip and flags -S -p) in ${dirs[*]}"
  find "${dirs[@]}" -type f -print0 | xargs -0 -r strip -S -p 2>/dev/null || true
}

# patchShebangs [--build|--host] PATH…: interpreters of executable scripts become those of the inputs, where they are.
patchShebangs() {
  local paths=$HOST_PATH file line interpreter arguments new
  while [[ ${1-} == --* ]]; do
    case $1 in
    --build) paths=$PATH ;;
    --host) paths=$HOST_PATH ;;
    esac
    shift
  done
  [ $# -gt 0 ] || return 0
  while IFS= read -r -d '' file; do
    IFS= read -r line <"$file" 2>/dev/null || true
    [[ $line == '#!'* ]] || continue
    read -r interpreter arguments <<<"${line#'#!'}"
    if [[ $interpreter == */env ]]; then
      read -r interpreter arguments <<<"$arguments"
    fi
    [[ $interpreter != "$NIX_STORE"* ]] || continue
    new=$(PATH=$paths type -P "$(basename "$interpreter")") || continue
    echo "$file: interpreter directive changed from \"$line\" to \"$new${arguments:+ $arguments}\""
    { printf '#!%s%s\n' "$new" "${arguments:+ $arguments}" && tail -n +2 "$file"; } >"$file.shebang"
    chmod --reference="$file" "$file.shebang"
    mv "$file.shebang" "$file"
  done < <(find "$@" -type f -perm -0100 -print0)
}

patchOutputShebangs() {
  if [ -z "${dontPatchShebangs-}" ] && [ -d "$prefix" ]; then
    patchShebangs --host "$prefix"
  fi
}

# Declared here, so that hooks of inputs come after.
declare -a fixupOutputHooks=(stripOutput patchOutputShebangs)

# Writes what a package propagates where findInputs reads it.
recordPropagatedDependencies() {
  local dir=${dev:-$out}/nix-support
  if [ -n "${propagatedBuildInputs-}" ]; then
    mkdir -p "$dir"
    printf '%s' "$propagatedBuildInputs" >"$dir/propagated-build-inputs"
  fi
  if [ -n "${propagatedNativeBuildInputs-}" ]; then
    mkdir -p "$dir"
    printf '%s' "$propagatedNativeBuildInputs" >"$dir/propagated-native-build-inputs"
  fi
  if [ -n "${setupHook-}" ]; then
    mkdir -p "$dir"
    cp "$setupHook" "$dir/setup-hook"
  fi
}

fixupPhase() {
  local output
  for output in $outputs; do
    if [ -d "${!output}" ]; then
      chmod -R u+w "${!output}"
    fi
  done
  runHook preFixup
  for output in $outputs; do
    prefix=${!output} runHook fixupOutput
  done
  recordPropagatedDependencies
  runHook postFixup
}
