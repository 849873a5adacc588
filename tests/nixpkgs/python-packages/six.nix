{
  lib,
  buildPythonPackage,
  fetchPypi,
  setuptools,
}:
buildPythonPackage rec {
  pname = "six";
  version = "1.16.0";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-HmHDdHehYmRY4297HYKqXJsJT6SAKJIHLknenGDEySY=";
  };

  build-system = [ setuptools ];

  pythonImportsCheck = [ "six" ];

  meta = {
    description = "Python 2 and 3 at once";
    license = lib.licenses.mit;
  };
}
