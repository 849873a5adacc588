# From its wheel: compiling it takes minutes.
{
  lib,
  buildPythonPackage,
  fetchPypi,
}:
buildPythonPackage rec {
  pname = "cython";
  version = "3.1.4";
  format = "wheel";

  src = fetchPypi {
    inherit pname version format;
    dist = "py3";
    python = "py3";
    hash = "sha256-0ZTZXk+gKaP2x9Rr3RbZc4CMfqR5dYaRH9tny5ixosY=";
  };

  meta = {
    description = "Compiles Python with C types to C";
    license = lib.licenses.asl20;
    mainProgram = "cython";
  };
}
