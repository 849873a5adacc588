{
  lib,
  buildPythonPackage,
  fetchPypi,
  flit-core,
}:
buildPythonPackage rec {
  pname = "idna";
  version = "3.10";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-EvZcm0cKvabcNc+OY8xXSxxSsR3yyGAwrwrAmwGxPqk=";
  };

  build-system = [ flit-core ];

  pythonImportsCheck = [ "idna" ];

  meta = {
    description = "Internationalized domain names";
    license = lib.licenses.bsd3;
  };
}
