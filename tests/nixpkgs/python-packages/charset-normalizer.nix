{
  lib,
  buildPythonPackage,
  fetchPypi,
  setuptools,
}:
buildPythonPackage rec {
  pname = "charset-normalizer";
  version = "3.4.0";
  pyproject = true;

  src = fetchPypi {
    pname = "charset_normalizer";
    inherit version;
    hash = "sha256-IjIXw9T4LDrF4pAys/HC6w+1kbchYfhtk/VxkHna6T4=";
  };

  build-system = [ setuptools ];

  pythonImportsCheck = [ "charset_normalizer" ];

  meta = {
    description = "Guesses the encoding of text";
    license = lib.licenses.mit;
    mainProgram = "normalizer";
  };
}
