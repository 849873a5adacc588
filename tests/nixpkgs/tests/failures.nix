# What the set refuses: each attribute must fail to build, and say `message`.
{ pkgs }:
let
  inherit (pkgs) python3;
  ps = python3.pkgs;
  six = version: ps.six.overridePythonAttrs {
    inherit version;
    postPatch = "sed -i 's/^__version__ = .*/__version__ = \"${version}\"/' six.py";
  };
in
{
  # One project twice among what a package propagates.
  conflict = {
    message = "Found duplicated packages in closure for dependency 'six'";
    build = ps.xlib.overridePythonAttrs {
      dependencies = [
        ps.six
        (ps.idna.overridePythonAttrs { dependencies = [ (six "1.17.0") ]; })
      ];
    };
  };

  # A requirement of the wheel that is not among the inputs.
  missing = {
    message = "markupsafe not installed";
    build = ps.jinja2.overridePythonAttrs { dependencies = [ ]; };
  };

  imports = {
    message = "No module named 'nothing'";
    build = ps.idna.overridePythonAttrs { pythonImportsCheck = [ "nothing" ]; };
  };

  collision = {
    message = "collision between";
    build = pkgs.buildEnv {
      name = "collision";
      paths = [
        (pkgs.writeTextDir "share/file" "a")
        (pkgs.writeTextDir "share/file" "b")
      ];
    };
  };

  # A library that nobody has.
  patchelf = {
    message = "could not satisfy libgone.so.1 wanted by";
    build = pkgs.stdenv.mkDerivation {
      name = "patchelf";
      dontUnpack = true;
      nativeBuildInputs = [ pkgs.autoPatchelfHook ];
      installPhase = ''
        mkdir -p "$out/bin"
        cp ${python3.interpreter} "$out/bin/program"
        chmod +w "$out/bin/program"
        patchelf --add-needed libgone.so.1 "$out/bin/program"
      '';
    };
  };

  otherPython = {
    message = "the host's Python is";
    build = pkgs.python39;
  };

  phase = {
    message = "pattern gone doesn't match anything";
    build = pkgs.runCommand "phase" { } ''
      echo text >file
      substituteInPlace file --replace-fail gone here
    '';
  };
}
