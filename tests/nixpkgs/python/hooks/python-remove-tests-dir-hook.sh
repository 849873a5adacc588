# Removes top-level test packages, which would collide in environments.
pythonRemoveTestsDir() {
  rm -rf "$out/@pythonSitePackages@/tests" "$out/@pythonSitePackages@/test"
}

if [ -z "${dontUsePythonRemoveTestsDir-}" ]; then
  postFixupHooks+=(pythonRemoveTestsDir)
fi
