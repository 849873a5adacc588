{
  arguments,
  environment,
  fail,
  remoteDatabase,
  source,
  ...
}:
let
  inherit (builtins)
    fromJSON
    readFile
    toJSON
    ;
in
/*
  A file of a release in the index, by nixpkgs' fetchPypi or from below `filesUrl`: its sdist, or with `wheel` its best
  wheel for the interpreter. The name of the file and its hash are looked up in the database, which takes an import from
  a derivation.

  Type: pypiFile ::
    { pkgs, pname, version :: string, wheel :: bool, python ?, db ?, filesUrl ?, helper ? } -> derivation

  Example:
    pypiFile { inherit pkgs; pname = "flask"; version = "3.1.0"; wheel = false; }
    => «derivation …-flask-3.1.0.tar.gz.drv»
*/
{
  pkgs,
  pname,
  version,
  wheel,
  ...
}@args:
let
  given = arguments (
    removeAttrs args [
      "pname"
      "version"
      "wheel"
    ]
    // {
      requirements = "";
    }
  );
  found = fromJSON (
    readFile (
      pkgs.runCommand "file-of-${pname}"
        {
          environment = toJSON (environment {
            inherit pkgs;
            inherit (given) python;
          });
          passAsFile = [ "environment" ];
          nativeBuildInputs = [ given.helper ];
        }
        ''
          mach db locate --db ${given.db} --environment "$environmentPath" ${if wheel then "--wheel" else ""} \
            ${pkgs.lib.escapeShellArgs [ pname version ]} >"$out"
        ''
    )
  );
in
if remoteDatabase given.db != null then
  fail {
    what = "without its hash a file can be looked up in a database that is a file, and in none on a server";
    where = "the argument `db`";
    hint = ''hash = ""; and then the hash that Nix says it got'';
  }
else
  source
    {
      inherit pkgs;
      inherit (given) filesUrl;
      directory = null;
    }
    {
      entry = {
        name = found.project;
        version = found.release;
        tool.mach.locations = if found ? location then { ${found.name} = found.location; } else { };
      };
      file = {
        inherit (found) name;
        hashes.sha256 = found.sha256;
      };
    }
