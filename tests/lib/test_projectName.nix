{ scope, ... }:
{
  itsPname = {
    expr = scope.projectName {
      pname = "PyYAML";
      name = "python3.12-PyYAML-6.0.2";
    };
    expected = "pyyaml";
  };
  itsNameWithoutThePrefix = {
    expr = scope.projectName { name = "python3.12-zope.interface-7.2"; };
    expected = "zope-interface";
  };
  # Two names for one package would be two packages of the lock in one place.
  calledOtherwiseByNixpkgs = {
    expr = scope.projectName { pname = "xlib"; };
    expected = "python-xlib";
  };
}
