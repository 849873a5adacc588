# With a native program and libraries among the inputs: nothing builds without pg_config.
{
  lib,
  buildPythonPackage,
  fetchPypi,
  libpq,
  openssl,
  setuptools,
}:
buildPythonPackage rec {
  pname = "psycopg2";
  version = "2.9.9";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-0UVL3pP7HiJBZoEWlNYA50ZDDABvuwMeoG7MLqQb8VY=";
  };

  build-system = [ setuptools ];

  nativeBuildInputs = [ libpq.pg_config ];

  buildInputs = [
    libpq
    openssl
  ];

  pythonImportsCheck = [ "psycopg2" ];

  meta = {
    description = "PostgreSQL";
    license = lib.licenses.gpl2Only;
  };
}
