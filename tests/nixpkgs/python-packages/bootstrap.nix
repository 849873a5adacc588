# A package that the hooks are made of, from its wheel: `installer` is run out of its own wheel, so no hook is needed.
# In nixpkgs each has a file, with more arguments; an override may give them.
{
  pname,
  version,
  dependencies ? [ ],
}:
{
  buildPythonPackage,
  fetchPypi,
  python,
  ...
}:
let
  wheel =
    pname: version:
    fetchPypi {
      inherit pname version;
      format = "wheel";
      dist = "py3";
      python = "py3";
    };
  installer = wheel "installer" "0.7.0";
in
buildPythonPackage {
  inherit pname version dependencies;
  format = "other";
  src = wheel (builtins.replaceStrings [ "-" ] [ "_" ] pname) version;
  dontUnpack = true;
  installPhase = ''
    wheel=$(stripHash "$src")
    cp "$src" "$wheel"
    PYTHONPATH=${installer} ${python.interpreter} -m installer --prefix "$out" "$wheel"
  '';
}
