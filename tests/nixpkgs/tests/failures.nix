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
    message = "could not satisfy libz.so.1 wanted by";
    build = ps.pyyaml.overridePythonAttrs (old: {
      nativeBuildInputs = [ pkgs.autoPatchelfHook ];
      buildInputs = [ ];
      postInstall = ''
        for extension in "$out"/${python3.sitePackages}/yaml/*.so; do
          patchelf --add-needed libz.so.1 "$extension"
        done
      '';
    });
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
