# Builds a wheel into dist/ with setuptools, whatever pyproject.toml says.
setuptoolsBuildPhase() {
  runHook preBuild
  mkdir -p dist
  @pythonInterpreter@ -c 'from setuptools.build_meta import __legacy__ as s; s.build_wheel("dist")'
  runHook postBuild
}

if [ -z "${dontUseSetuptoolsBuild-}" ] && [ -z "${buildPhase-}" ]; then
  buildPhase=setuptoolsBuildPhase
fi
