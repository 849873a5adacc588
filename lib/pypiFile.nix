{
  argumentTable,
  arguments,
  environment,
  fail,
  onlyArguments,
  remoteDatabase,
  source,
  ...
}:
let
  inherit (builtins)
    elemAt
    fromJSON
    isString
    match
    readFile
    toJSON
    ;

  text = name: value: {
    type = "text";
    is = isString;
    line = "${name} = ${toJSON value};";
  };
  table = {
    inherit (argumentTable)
      db
      filesUrl
      helper
      pkgs
      python
      ;
    pname = text "pname" "six" // {
      called = [ "name" ];
    };
    version = text "version" "1.17.0";
    file = text "file" "six-1.17.0-py2.py3-none-any.whl";
    hash = text "hash" "sha256-…";
  };

  check =
    wheel:
    let
      function = if wheel then "fetchPypiWheel" else "fetchPypiSdist";
    in
    onlyArguments {
      inherit function;
      call = ''${function} { pname = "six"; version = "1.17.0"; }'';
      required = [
        "pkgs"
        "pname"
        "version"
      ];
    } table;
in
/*
  A file of a release in the index, by nixpkgs' fetchPypi or from below `filesUrl`: its sdist, or with `wheel` its best
  wheel for the interpreter, which must be called `file` if that is given. The name of the file and its hash are looked up
  in the database, which takes an import from a derivation.

  Type: pypiFile ::
    { pkgs, pname, version :: string, wheel :: bool, file ? string, python ?, db ?, filesUrl ?, helper ? } -> derivation

  Example:
    pypiFile { inherit pkgs; pname = "flask"; version = "3.1.0"; wheel = false; }
    => «derivation …-flask-3.1.0.tar.gz.drv»
*/
{ wheel, ... }@args:
let
  called = check wheel (removeAttrs args [ "wheel" ]);
  inherit (called) pkgs pname version;
  file = called.file or null;
  given = arguments (
    removeAttrs called [
      "file"
      "pname"
      "version"
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
          export MACH_FOR_NIX=1
          mach db locate --db ${given.db} --environment "$environmentPath" ${if wheel then "--wheel" else ""} \
            ${pkgs.lib.escapeShellArgs [ pname version ]} >"$out"
        ''
    )
  );
  # Those of a wheel that is not the best one.
  tags =
    let
      parts = match ".*-([^-]+)-([^-]+)-([^-]+)\\.whl" file;
      tag = i: name: ''${name} = "${elemAt parts i}"; '';
    in
    if parts == null then "" else tag 0 "python" + tag 1 "abi" + tag 2 "platform";
in
if remoteDatabase given.db != null then
  fail {
    what = "without its hash a file can be looked up in a database that is a file, and in none on a server";
    where = "the argument `db`";
    hint = ''hash = ""; and then the hash that Nix says it got'';
  }
else if file != null && found.name != file then
  fail {
    what = "of ${pname} ${version} the wheel for this Python is ${found.name}, not ${file}";
    where = "the file that was asked for";
    hint = ''leave it out, or: fetchPypiWheel { pname = "${pname}"; version = "${version}"; ${tags}hash = ""; } and then the hash that Nix says it got'';
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
