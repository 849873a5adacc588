# Setup hook of the compiler: headers and libraries of the inputs are found, and stay found when the program runs.
export CC=gcc CXX=g++ AR=ar LD=ld

addCompilerPaths() {
  addToSearchPath C_INCLUDE_PATH "$1/include"
  addToSearchPath CPLUS_INCLUDE_PATH "$1/include"
  addToSearchPath LIBRARY_PATH "$1/lib"
  addToSearchPath LD_RUN_PATH "$1/lib"
  addToSearchPath PKG_CONFIG_PATH "$1/lib/pkgconfig"
}

addEnvHooks 0 addCompilerPaths
