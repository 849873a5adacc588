# Removes compiled programs from bin.
pythonRemoveBinBytecode() {
  if [ -d "$out/bin" ]; then
    rm -rf "$out/bin/__pycache__"
  fi
}

if [ -z "${dontUsePythonRemoveBinBytecode-}" ]; then
  appendToVar preDistPhases pythonRemoveBinBytecode
fi
