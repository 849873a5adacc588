# Keeps what was built in the output dist.
pythonOutputDistPhase() {
  [ -d dist ] || {
    echo "error: the build made no dist directory" >&2
    echo "hint: a package that installs by itself has pyproject = false" >&2
    return 1
  }
  mv dist "$dist"
}

appendToVar preFixupPhases pythonOutputDistPhase
