{ ... }:
let
  inherit (builtins)
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    genericClosure
    isList
    isPath
    isString
    match
    readFile
    split
    stringLength
    substring
    ;

  linesOf = text: filter isString (split "\r?\n" text);

  # `-r FILE` or `-c FILE`, as pip reads them: [ "r" or "c", FILE ], or null. A URL is the program's to refuse or read.
  includeOf =
    line:
    let
      found = match "[[:space:]]*(-r|-c|--requirement|--constraint)[[:space:]=]*([^[:space:]#].*[^[:space:]]|[^[:space:]#])[[:space:]]*" (
        substring 0 1000 line
      );
    in
    if found == null || match ".*(://|\\$\\{).*" (elemAt found 1) != null then
      null
    else
      {
        constraint = elem (elemAt found 0) [
          "-c"
          "--constraint"
        ];
        # What follows the name is a comment.
        name = elemAt (split "[[:space:]]+#" (elemAt found 1)) 0;
      };

  read = path: constraint: {
    key = toString path;
    inherit path constraint;
    lines = linesOf (readFile path);
  };

  # A requirements file, and all that it includes.
  filesOf =
    path:
    genericClosure {
      startSet = [ (read path false) ];
      operator =
        file:
        concatMap (
          line:
          let
            include = includeOf line;
          in
          if include == null then
            [ ]
          else
            [ (read (dirOf file.path + "/${include.name}") (file.constraint || include.constraint)) ]
        ) file.lines;
    };

  isBelow = directory: path: substring 0 (stringLength directory + 1) path == "${directory}/";

  # The nearest directory above all of the files.
  above =
    directory: files:
    if builtins.all (file: isBelow (toString directory) file.key) files then
      directory
    else
      above (dirOf directory) files;

  fromPath =
    path:
    let
      files = filesOf path;
      directory = above (dirOf path) files;
      keys = map (file: file.key) files;
      start = stringLength (toString directory) + 1;
    in
    {
      text = concatStringsSep "\n" (
        concatMap (
          file: if file.constraint then [ ] else filter (line: includeOf line == null) file.lines
        ) files
      );
      name = substring start (-1) (toString path);
      # No more than the files themselves, so that an edit beside them changes nothing.
      root =
        if isPath path then
          builtins.path {
            path = directory;
            name = "requirements";
            filter = path: _type: elem path keys || builtins.any (isBelow path) keys;
          }
        else
          directory;
    };

  fromText = text: {
    inherit text;
    name = "requirements.txt";
    root = null;
  };
in
/*
  Requirements as the program is to read them, given as text, as a list of requirements, or as a requirements file,
  which may include others. `text` is what they ask for, without what only constrains it; if they are files, `root` is a
  directory that has them, and `name` the file in it.

  Type: requirementsOf :: null | string | path | [string] -> null | { text :: string, name :: string, root :: path | null }

  Example:
    requirementsOf [ "flask>=3" "numpy" ]
    => { text = "flask>=3\nnumpy"; name = "requirements.txt"; root = null; }
*/
value:
if value == null then
  null
else if isList value then
  fromText (concatStringsSep "\n" value)
else if isString value && substring 0 1 value != "/" then
  fromText value
else
  fromPath (if isPath value then value else "${value}")
