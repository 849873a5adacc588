{
  attempt,
  directoryName,
  fail,
  ...
}:
let
  inherit (builtins)
    concatLists
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    fromTOML
    head
    isList
    isString
    match
    pathExists
    readFile
    split
    ;

  ours = ../overrides/fixes;

  # A title of the lock, "name" or "directory/name", in its parts.
  parts = match "(([^/]*)/)?([^/]*)";

  # What a message says of a fix.
  describe = fix: ''the fix "${fix.name}" of ${fix.project}'';

  # Texts of nixpkgs stand between two of these.
  attributeForm = "[A-Za-z_][A-Za-z0-9_.'-]*";
  reference = "@(${attributeForm}( or ${attributeForm})*)@";

  # The fixes' own shell functions. A text that is not there would leave the package as it was, which nobody wants.
  functions = ''
    machFail() {
      printf 'error: mach: %s\n  in %s\nhint: %s\n' "$1" "$2" \
        'fixes = [ ./my-overrides ]; # a fix of the same name there takes the place of this one' >&2
      exit 1
    }
    machSubstitute() {
      local LC_ALL=C text
      [ -f "$3" ] || machFail "$1 is for a file that is not there: $3" "$2"
      text=$(cat "$3" && printf x)
      text=''${text%x}
      [[ $text == *"$4"* ]] || machFail "$1 is for a text that $3 does not have: $4" "$2"
      printf %s "''${text//"$4"/"$5"}" >"$3"
    }
    machCompile() {
      if [[ $1 == *.py ]]; then
        rm -f "$(dirname "$1")/__pycache__/$(basename "$1" .py)".*.pyc
        python -m py_compile "$1"
      fi
    }
    machRemove() {
      [ -e "$3" ] || machFail "$1 removes what is not there: $3" "$2"
      rm -r "$3"
    }
  '';
in
/*
  What the fixes that the lock names for an entry add to its build and its installation; nothing if it names none. They
  are read from `overrides/fixes`, and from the `directories` that the caller gives, which the lock knows by their
  names. A fix that is not for the system of `pkgs` is passed over.

    nativeBuildInputs, buildInputs, env, flags, patches, postPatch   of the build of a wheel from an sdist
    buildInputs, dlopen, preFixup                                    of the installation

  Type: fixes :: { pkgs, python, directories :: [path] } -> AttrSet -> AttrSet

  Example:
    fixes { inherit pkgs; python = python3; directories = [ ./my-overrides ]; } {
      name = "lxml";
      tool.mach.fixes = [ "my-overrides/libxml2" ];
    }
    => { buildInputs = [ libxml2 ]; … }
*/
{
  pkgs,
  python,
  directories,
}:
entry:
let
  project = entry.name;
  titles = entry.tool.mach.fixes or [ ];
  inherit (pkgs.stdenv.hostPlatform) system;
  kernel = head (match "[^-]*-(.*)" system);

  find =
    title:
    let
      found = parts title;
      directory = elemAt found 1;
      name = elemAt found 2;
      given = filter (one: directoryName one == directory) directories;
      place = if directory == null then ours else head given;
      file = place + "/${project}.toml";
      shown = "${if directory == null then "overrides/fixes" else directory}/${project}.toml";
      tables = if pathExists file then (fromTOML (readFile file)).fix or [ ] else [ ];
      fixes = filter (fix: fix.name == name) tables;
    in
    if directory != null && given == [ ] then
      fail {
        what = ''the lock names the fix "${name}" of the directory ${directory}, which was not given'';
        where = "[[packages]] ${project}";
        hint = "fixes = [ ./${directory} ];";
      }
    else if fixes == [ ] then
      fail {
        what = ''the lock names the fix "${name}", and there is none of that name'';
        where = shown;
        hint = "mach lock -r requirements.txt -o pylock.toml";
      }
    else
      head fixes
      // {
        inherit project place;
        where = shown;
      };

  isHere = fix: !(fix ? systems) || elem system fix.systems || elem kernel fix.systems;
  chosen = filter isHere (map find titles);

  # What an attribute path or one of its alternatives leads to. What nixpkgs has renamed throws, or is null.
  valueOf =
    path:
    foldl' (set: name: if set == null then null else attempt null (set.${name} or null)) pkgs (
      filter isString (split "\\." path)
    );
  attribute =
    fix: text:
    let
      found = filter (value: value != null) (map valueOf (filter isString (split " or " text)));
    in
    if found == [ ] then
      fail {
        what = "nixpkgs has no ${text}, which ${describe fix} asks for";
        where = fix.where;
        hint = ''fixes = [ ./my-overrides ]; # a fix "${fix.name}" in its ${project}.toml takes the place of this one'';
      }
    else
      head found;

  attributes = key: concatMap (fix: map (attribute fix) (fix.${key} or [ ])) chosen;

  # A text with the store paths that it refers to.
  filled =
    fix: text:
    concatStringsSep "" (
      map (
        part:
        if !(isList part) then
          part
        else if head part == "out" then
          placeholder "out"
        else
          "${attribute fix (head part)}"
      ) (split reference text)
    );

  call =
    fix: function: arguments:
    pkgs.lib.escapeShellArgs (
      [
        function
        (describe fix)
        fix.where
      ]
      ++ arguments
    );
  substitution =
    fix: path: one:
    call fix "machSubstitute" [
      path
      one.from
      (filled fix one.to)
    ];

  # Where an installed file lies: below site-packages, unless it says otherwise.
  installed =
    path:
    if match "@out@/.*" path == null then
      "${placeholder "out"}/${python.sitePackages}/${path}"
    else
      "${placeholder "out"}/${head (match "@out@/(.*)" path)}";

  inSource = concatMap (
    fix: map (one: substitution fix one.file one) (fix.substitute-source or [ ])
  ) chosen;
  inPackage = concatMap (
    fix:
    concatMap (one: [
      (substitution fix (installed one.file) one)
      (pkgs.lib.escapeShellArgs [
        "machCompile"
        (installed one.file)
      ])
    ]) (fix.substitute or [ ])
    ++ map (path: call fix "machRemove" [ (installed path) ]) (fix.remove or [ ])
  ) chosen;

  script = lines: if lines == [ ] then "" else concatStringsSep "\n" ([ functions ] ++ lines) + "\n";
in
if titles == [ ] then
  { }
else
  {
    nativeBuildInputs = attributes "native-build-inputs";
    buildInputs = attributes "build-inputs";
    env = foldl' (env: fix: env // builtins.mapAttrs (_name: filled fix) (fix.env or { })) { } chosen;
    flags = concatLists (map (fix: fix.flags or [ ]) chosen);
    patches = concatMap (fix: map (file: fix.place + "/${file}") (fix.patches or [ ])) chosen;
    postPatch = script inSource;
    dlopen = map (library: "${library}/lib") (attributes "dlopen");
    preFixup = script inPackage;
  }
