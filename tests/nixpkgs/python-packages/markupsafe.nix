{
  lib,
  buildPythonPackage,
  fetchPypi,
  setuptools,
}:
buildPythonPackage rec {
  pname = "markupsafe";
  version = "3.0.2";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-7lXT7fgBZ+SOoRqSPHOG9Gad9n15lFVDh/hOfYsKK/A=";
  };

  build-system = [ setuptools ];

  pythonImportsCheck = [ "markupsafe" ];

  meta = {
    description = "Strings that are safe in HTML";
    license = lib.licenses.bsd3;
  };
}
