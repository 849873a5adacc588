# The generic builder: phases in order, each replaced by a variable or function of its name.

unpackFile() {
  local file=$1 name
  echo "unpacking source archive $file"
  case $file in
  *.tar | *.tar.* | *.tgz | *.tbz2 | *.txz)
    tar xf "$file" --mode=+w --warning=no-timestamp
    ;;
  *.zip)
    unzip -qq "$file"
    ;;
  *)
    if [ -d "$file" ]; then
      name=$(stripHash "$file")
      cp -r --preserve=timestamps --reflink=auto -- "$file" "$name"
    elif [ -n "${unpackCmd-}" ]; then
      curSrc=$file runHook unpackCmd
    else
      echo "do not know how to unpack source archive $file" >&2
      return 1
    fi
    ;;
  esac
}

# The one directory that unpacking made, unless the package names it.
findSourceRoot() {
  local dir
  if [ -n "${setSourceRoot-}" ]; then
    runHook setSourceRoot
  elif [ -z "${sourceRoot-}" ]; then
    for dir in *; do
      if [ ! -d "$dir" ] || [[ " $1 " == *" $dir "* ]]; then
        continue
      fi
      [ -z "${sourceRoot-}" ] || {
        echo "unpacker produced multiple directories" >&2
        return 1
      }
      sourceRoot=$dir
    done
  fi
  [ -n "${sourceRoot-}" ] || {
    echo "unpacker appears to have produced no directories" >&2
    return 1
  }
}

unpackPhase() {
  local before source
  runHook preUnpack
  before=$(find . -mindepth 1 -maxdepth 1 -type d -printf '%P ')
  [ -n "${srcs:-${src-}}" ] || {
    echo "variable \$src or \$srcs should point to the source" >&2
    return 1
  }
  for source in ${srcs:-$src}; do
    unpackFile "$source"
  done
  findSourceRoot "$before"
  chmod -R u+w -- "$sourceRoot"
  runHook postUnpack
}

patchPhase() {
  local patch
  runHook prePatch
  for patch in ${patches-}; do
    echo "applying patch $patch"
    # shellcheck disable=SC2086
    patch ${patchFlags:--p1} <"$patch"
  done
  runHook postPatch
}

configurePhase() {
  runHook preConfigure
  if [ -x "${configureScript:=./configure}" ]; then
    # shellcheck disable=SC2086
    "$configureScript" "--prefix=$prefix" ${configureFlags-}
  else
    echo "no configure script, doing nothing"
  fi
  runHook postConfigure
}

# runMake TARGET: make if there is anything to make.
runMake() {
  if [ -n "${makefile-}" ] || [ -e Makefile ] || [ -e makefile ] || [ -e GNUmakefile ]; then
    # shellcheck disable=SC2086
    make ${makefile:+-f "$makefile"} ${enableParallelBuilding:+-j"$NIX_BUILD_CORES"} ${makeFlags-} "$@"
  else
    echo "no Makefile, doing nothing"
  fi
}

buildPhase() {
  runHook preBuild
  # shellcheck disable=SC2086
  runMake ${buildFlags-}
  runHook postBuild
}

checkPhase() {
  runHook preCheck
  runMake "${checkTarget:-check}"
  runHook postCheck
}

installPhase() {
  runHook preInstall
  mkdir -p "$prefix"
  # shellcheck disable=SC2086
  runMake ${installTargets:-install} "prefix=$prefix"
  runHook postInstall
}

installCheckPhase() {
  runHook preInstallCheck
  if [ -n "${installCheckTarget-}" ]; then
    runMake "$installCheckTarget"
  fi
  runHook postInstallCheck
}

distPhase() {
  runHook preDist
  runMake "${distTarget:-dist}"
  runHook postDist
}

# Phases that a package switches off, or only has if it asks.
skipPhase() {
  case $1 in
  unpackPhase) [ -n "${dontUnpack-}" ] ;;
  patchPhase) [ -n "${dontPatch-}" ] ;;
  configurePhase) [ -n "${dontConfigure-}" ] ;;
  buildPhase) [ -n "${dontBuild-}" ] ;;
  checkPhase) [ -z "${doCheck-}" ] ;;
  installPhase) [ -n "${dontInstall-}" ] ;;
  fixupPhase) [ -n "${dontFixup-}" ] ;;
  installCheckPhase) [ -z "${doInstallCheck-}" ] ;;
  distPhase) [ -z "${doDist-}" ] ;;
  *) false ;;
  esac
}

runPhase() {
  local phase=$1
  if skipPhase "$phase"; then
    return 0
  fi
  echo "Running phase: $phase"
  if [ -n "${!phase-}" ]; then
    eval "${!phase}"
  else
    "$phase"
  fi
  if [ "$phase" = unpackPhase ] && [ -n "${sourceRoot-}" ]; then
    cd "$sourceRoot"
  fi
}

genericBuild() {
  local phase
  if [ -e "${buildCommandPath-}" ]; then
    # shellcheck disable=SC1090
    source "$buildCommandPath"
    return
  elif [ -n "${buildCommand-}" ]; then
    eval "$buildCommand"
    return
  fi
  if [ -z "${phases[*]-}" ]; then
    phases="${prePhases[*]-} unpackPhase patchPhase ${preConfigurePhases[*]-} configurePhase
      ${preBuildPhases[*]-} buildPhase checkPhase ${preInstallPhases[*]-} installPhase
      ${preFixupPhases[*]-} fixupPhase installCheckPhase ${preDistPhases[*]-} distPhase ${postPhases[*]-}"
  fi
  for phase in ${phases[*]}; do
    runPhase "$phase"
  done
}
