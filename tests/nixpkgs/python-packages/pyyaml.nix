{
  lib,
  buildPythonPackage,
  fetchPypi,
  cython,
  libyaml,
  setuptools,
}:
buildPythonPackage rec {
  pname = "pyyaml";
  version = "6.0.2";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-1YTZ7JGtZYYcwI1C6DQyTviQoILlkQN6vhFIUP97vD4=";
  };

  build-system = [
    cython
    setuptools
  ];

  buildInputs = [ libyaml ];

  pythonImportsCheck = [ "yaml" ];

  meta = {
    description = "YAML";
    license = lib.licenses.mit;
  };
}
