# Marked broken, so that another provider has to be found.
{
  lib,
  buildPythonPackage,
  fetchPypi,
  flit-core,
}:
buildPythonPackage rec {
  pname = "itsdangerous";
  version = "2.2.0";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-4AUMC32h7qU/+vFJwM+7XG4uK2nEvvIsgfputz5fYXM=";
  };

  build-system = [ flit-core ];

  meta = {
    description = "Signed data";
    license = lib.licenses.bsd3;
    broken = true;
  };
}
