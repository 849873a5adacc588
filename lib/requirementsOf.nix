{
  fail,
  fileType,
  presentFile,
  userPath,
  ...
}:
let
  inherit (builtins)
    attrNames
    baseNameOf
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    genericClosure
    head
    isList
    isPath
    isString
    match
    pathExists
    readDir
    readFile
    split
    storeDir
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

  # A file that another one includes.
  readIncluded =
    file: include:
    let
      path = dirOf file.path + "/${include.name}";
      isFlake = substring 0 (stringLength storeDir) file.key == storeDir;
    in
    if elem (fileType path) [ null "directory" ] then
      fail {
        what = "${baseNameOf file.key} includes ${include.name}, and there is no such file${
          if isFlake then ", or git does not know it" else ""
        }";
        where = file.key;
        hint =
          if isFlake then "git add ${(userPath path).shell}" else "leave out the line that ends in ${include.name}";
      }
    else
      read path (file.constraint || include.constraint);

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
            [ (readIncluded file include) ]
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

  # Files in other formats, which only the program reads.
  isOther = path: match "Pipfile|.*\\.(ya?ml|py)" (baseNameOf (toString path)) != null;

  fromPath =
    path:
    let
      files = if isOther path then [ (read path false) ] else filesOf path;
      directory = above (dirOf path) files;
      keys = map (file: file.key) files;
      start = stringLength (toString directory) + 1;
    in
    {
      text =
        if isOther path then
          "-r ${baseNameOf (toString path)}"
        else
          concatStringsSep "\n" (
            concatMap (
              file: if file.constraint then [ ] else filter (line: includeOf line == null) file.lines
            ) files
          );
      name = substring start (-1) (toString path);
      file = toString path;
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

  # What stands in text as it might in a file that lies beside it: the line to write in its place, or null.
  isFile = name: match "(.*/)?[^/]*\\.(txt|in)" name != null;
  misplaced =
    line:
    let
      include = includeOf line;
      found = match "[[:space:]]*(-e |--editable[ =])?[[:space:]]*(\\.\\.?(/[^[:space:]]*)?|[^[:space:]/]+\\.txt|pyproject\\.toml)[[:space:]]*" (
        substring 0 300 line
      );
      name = elemAt found 1;
    in
    if include != null then
      if substring 0 1 include.name == "/" then
        null
      else
        "requirements = ${if include.constraint then "./requirements.txt" else asPath include.name};"
    else if found == null then
      null
    else if isFile name then
      "requirements = ${asPath name};"
    else
      "packagesExtra = [ ${asPath (if baseNameOf name == "pyproject.toml" then dirOf name else name)} ];";
  asPath = name: if match "\\.\\.?/.*" name == null then "./${name}" else name;

  fromText =
    text:
    let
      hints = filter (line: misplaced line != null) (linesOf text);
      line = head hints;
    in
    if hints != [ ] then
      fail {
        what = "text is no place for files: ${line}";
        where = "the argument `requirements`";
        hint = misplaced line;
      }
    else
      {
        inherit text;
        name = "requirements.txt";
        root = null;
      };

  # What a path leads to that is no requirements file.
  checked =
    path:
    let
      inside = name: pathExists (path + "/${name}");
      project = directory: "packagesExtra = [ ${directory} ];";
      files = filter isFile (attrNames (readDir path));
    in
    if match "pyproject\\.toml|setup\\.(py|cfg)" (baseNameOf (toString path)) != null then
      fail {
        what = "`requirements` is of a project, not a requirements file";
        where = toString path;
        hint = project (userPath (dirOf path)).nix;
      }
    else
      presentFile {
        argument = "requirements";
        inherit path;
        line = "requirements = ./requirements.txt;";
        directory =
          if inside "pyproject.toml" || inside "setup.py" then
            project (userPath path).nix
          else
            "requirements = ${if files == [ ] then "." else (userPath path).nix}/${head (files ++ [ "requirements.txt" ])};";
      };
in
/*
  Requirements as the program is to read them, given as text, as a list of requirements, or as a requirements file,
  which may include others, a Pipfile, an environment of conda or a script (PEP 723). `text` is what they ask for, without what only constrains it; if they are files, `file` is
  where the first of them stands, `root` a directory that has them, and `name` that file in it.

  Type: requirementsOf ::
    null | string | path | [string] -> null | { text, name :: string, root :: path | null, file ? string }

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
  fromPath (checked (if isPath value then value else "${value}"))
