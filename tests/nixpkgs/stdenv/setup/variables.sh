# Variables that hold lists. Here they are always text with blanks, since structured attributes are not supported.

appendToVar() {
  local -n _variable=$1
  shift
  if [[ "$(declare -p "${!_variable}" 2>/dev/null)" == "declare -a"* ]]; then
    _variable+=("$@")
  else
    _variable="${_variable-}${_variable:+ }$*"
  fi
}

prependToVar() {
  local -n _variable=$1
  shift
  if [[ "$(declare -p "${!_variable}" 2>/dev/null)" == "declare -a"* ]]; then
    _variable=("$@" "${_variable[@]}")
  else
    _variable="$*${_variable:+ }${_variable-}"
  fi
}

# concatTo ARRAY VARIABLE…: the words of each variable or array become items of ARRAY. VARIABLE=default gives a default.
concatTo() {
  local -n _target=$1
  shift
  local argument name
  for argument in "$@"; do
    name=${argument%%=*}
    local -n _source=$name
    if [[ "$(declare -p "$name" 2>/dev/null)" == "declare -a"* ]]; then
      _target+=("${_source[@]}")
    elif [ -n "${_source-}" ]; then
      # shellcheck disable=SC2206
      _target+=(${_source})
    elif [ "$name" != "$argument" ]; then
      _target+=("${argument#*=}")
    fi
  done
}

addToSearchPathWithCustomDelimiter() {
  local delimiter=$1 name=$2 dir=$3
  if [ -d "$dir" ]; then
    export "$name=${!name:+${!name}$delimiter}$dir"
  fi
}

addToSearchPath() {
  addToSearchPathWithCustomDelimiter ":" "$@"
}

echoCmd() {
  printf '%s:' "$1"
  shift
  printf ' %q' "$@"
  echo
}

# Base name of a path without the hash that a store path begins with.
stripHash() {
  local name
  name=$(basename "$1")
  if [[ $name =~ ^[a-z0-9]{32}-(.*)$ ]]; then
    name=${BASH_REMATCH[1]}
  fi
  echo "$name"
}
