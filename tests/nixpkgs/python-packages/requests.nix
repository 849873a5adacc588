{
  lib,
  buildPythonPackage,
  fetchPypi,
  setuptools,
  certifi,
  charset-normalizer,
  idna,
  urllib3,
}:
buildPythonPackage rec {
  pname = "requests";
  version = "2.32.3";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-VTZUF3NOsYJVWQqf+euX6eHaho1MzWQCOZ6vaK8gp2A=";
  };

  build-system = [ setuptools ];

  dependencies = [
    certifi
    charset-normalizer
    idna
    urllib3
  ];

  pythonImportsCheck = [ "requests" ];

  meta = {
    description = "HTTP for people";
    license = lib.licenses.asl20;
  };
}
