{
  lib,
  buildPythonPackage,
  fetchPypi,
  setuptools,
}:
buildPythonPackage rec {
  pname = "certifi";
  version = "2024.8.30";
  pyproject = true;

  src = fetchPypi {
    inherit pname version;
    hash = "sha256-vslB0qqBleJIpgsx/58FWChM8BpSWRztpz6pr//Wn9k=";
  };

  build-system = [ setuptools ];

  pythonImportsCheck = [ "certifi" ];

  meta = {
    description = "Root certificates of Mozilla";
    license = lib.licenses.mpl20;
  };
}
