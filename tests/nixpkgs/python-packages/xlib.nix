# An attribute that is not named like its project, python-xlib.
{
  lib,
  buildPythonPackage,
  fetchPypi,
  six,
}:
buildPythonPackage rec {
  pname = "xlib";
  version = "0.33";
  format = "wheel";

  src = fetchPypi {
    pname = "python_xlib";
    inherit version format;
    hash = "sha256-w1NAONQuDfLxOSobMKFaT/X9wrhs+pTwcr8RsQoWQ5g=";
  };

  dependencies = [ six ];

  pythonImportsCheck = [ "Xlib" ];

  meta = {
    description = "The X protocol";
    license = lib.licenses.gpl2Only;
  };
}
