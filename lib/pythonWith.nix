{ arguments, mkPython, ... }:
let
  inherit (builtins)
    filter
    isString
    listToAttrs
    readFile
    split
    ;

  # The projects of the database, which only the program can read.
  namesOf =
    given:
    filter (name: isString name && name != "") (
      split "\n" (
        readFile (
          given.pkgs.runCommand "projects" { nativeBuildInputs = [ given.helper ]; } ''
            mach db show --db ${given.db} >"$out"
          ''
        )
      )
    );
in
/*
  The dot interface: an environment for each chain of projects, for the command line. Each is an environment of
  `mkPython`, whose attributes beside its own are the projects that can be added. What else `mkPython` is to be told are
  the arguments; `make` is what to make of them instead of an environment.

  Type: pythonWith :: { make ? AttrSet -> derivation, ... } -> AttrSet

  Example:
    (pythonWith { inherit pkgs; }).requests.numpy
    => «derivation …-python3-3.12.11-env.drv»

    nix shell github:OWNER/mach#pythonWith.requests.numpy
*/
args@{
  make ? mkPython,
  ...
}:
let
  shared = removeAttrs args [ "make" ];
  names = namesOf (arguments (shared // { requirements = ""; }));

  # What can be added to `chosen`.
  after =
    chosen:
    listToAttrs (
      map (
        name:
        let
          more = chosen ++ [ name ];
        in
        {
          inherit name;
          value = after more // make (shared // { requirements = more; });
        }
      ) names
    );
in
after [ ]
