{
  lib,
  buildPythonPackage,
  fetchPypi,
  flit-core,
  markupsafe,
}:
buildPythonPackage rec {
  pname = "jinja2";
  version = "3.1.5";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-j+//jcMDTie7gNZ8Zx64qbxCTA70wIJu2/8wTM7/Q7s=";
  };

  build-system = [ flit-core ];

  dependencies = [ markupsafe ];

  pythonImportsCheck = [ "jinja2" ];

  meta = {
    description = "Templates";
    license = lib.licenses.bsd3;
  };
}
