# Hooks: a name stands for the variable or function of that name, then for every item of the array NAMEHooks.

# What runHook runs for one name that is not an array: a function, or a variable holding code.
_callImplicitHook() {
  local default=$1 name=$2
  if declare -F "$name" >/dev/null; then
    "$name"
  elif [ -n "${!name-}" ]; then
    eval "${!name}"
  else
    return "$default"
  fi
}

runHook() {
  local name=$1 hook
  shift
  local items="${name%Hook}Hooks[@]"
  _callImplicitHook 0 "$name"
  for hook in ${!items+"${!items}"}; do
    if declare -F "$hook" >/dev/null; then
      "$hook" "$@"
    else
      eval "$hook"
    fi
  done
}

# Hooks that see each input: addEnvHooks OFFSET HOOK, where OFFSET is the host offset of the inputs (-1 native, 0 host).
declare -a envBuildHostHooks=() envHostTargetHooks=()
addEnvHooks() {
  local offset=$1
  shift
  if [ "$offset" -lt 0 ]; then
    envBuildHostHooks+=("$@")
  else
    envHostTargetHooks+=("$@")
  fi
}

exitHandler() {
  local code=$?
  set +e
  if [ "$code" -ne 0 ]; then
    runHook failureHook
  else
    runHook exitHook
  fi
  return "$code"
}
trap exitHandler EXIT
