# Inputs: nativeBuildInputs have host offset -1, buildInputs 0. What a package propagates counts relative to itself:
# the propagated inputs of a native one are native, its propagated native ones would be at -2 and are left out.

declare -a pkgsBuildHost=() pkgsHostTarget=()
declare -A _seenInputs=()

# findInputs PACKAGE OFFSET: adds the package, sources its setup hook, and goes on with what it propagates.
findInputs() {
  local package=$1 hostOffset=$2 targetOffset=$(($2 + 1)) next
  [ -e "$package" ] || {
    echo "build input $package does not exist" >&2
    return 1
  }
  [ -z "${_seenInputs["$hostOffset $package"]-}" ] || return 0
  _seenInputs["$hostOffset $package"]=1
  if [ "$hostOffset" -lt 0 ]; then
    pkgsBuildHost+=("$package")
  else
    pkgsHostTarget+=("$package")
  fi

  # A hook may be a file on its own.
  if [ -f "$package" ]; then
    # shellcheck disable=SC1090
    source "$package"
  fi
  if [ -f "$package/nix-support/setup-hook" ]; then
    # shellcheck disable=SC1091
    source "$package/nix-support/setup-hook"
  fi
  if [ "$hostOffset" -eq 0 ] && [ -f "$package/nix-support/propagated-native-build-inputs" ]; then
    for next in $(<"$package/nix-support/propagated-native-build-inputs"); do
      findInputs "$next" -1
    done
  fi
  if [ -f "$package/nix-support/propagated-build-inputs" ]; then
    for next in $(<"$package/nix-support/propagated-build-inputs"); do
      findInputs "$next" "$hostOffset"
    done
  fi
}

# Puts every input on the paths and shows it to the hooks for inputs of its offset.
activateInputs() {
  local package hook
  for package in "${pkgsBuildHost[@]}"; do
    addToSearchPath _PATH "$package/bin"
    for hook in "${envBuildHostHooks[@]}"; do
      hostOffset=-1 targetOffset=0 "$hook" "$package"
    done
  done
  for package in "${pkgsHostTarget[@]}"; do
    [ -n "${strictDeps-}" ] || addToSearchPath _PATH "$package/bin"
    addToSearchPath HOST_PATH "$package/bin"
    for hook in "${envHostTargetHooks[@]}"; do
      hostOffset=0 targetOffset=1 "$hook" "$package"
    done
  done
}

_PATH=
HOST_PATH=
for _input in ${defaultNativeBuildInputs-} ${depsBuildBuild-} ${nativeBuildInputs-} ${propagatedNativeBuildInputs-}; do
  findInputs "$_input" -1
done
for _input in ${buildInputs-} ${propagatedBuildInputs-}; do
  findInputs "$_input" 0
done
activateInputs
PATH="${_PATH}${_PATH:+:}$PATH"
export PATH HOST_PATH
unset _input _PATH
