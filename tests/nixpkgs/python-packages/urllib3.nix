# From its wheel: its build system would bring a chain of packages.
{
  lib,
  buildPythonPackage,
  fetchPypi,
}:
buildPythonPackage rec {
  pname = "urllib3";
  version = "2.2.3";
  format = "wheel";

  src = fetchPypi {
    inherit pname version format;
    dist = "py3";
    python = "py3";
    hash = "sha256-yomcoEPcsbr6PiYtc6olxGW/tJ4L2d1dWfHQrLovj6w=";
  };

  pythonImportsCheck = [ "urllib3" ];

  meta = {
    description = "HTTP connections";
    license = lib.licenses.mit;
  };
}
