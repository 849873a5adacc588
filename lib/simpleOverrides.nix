{
  fail,
  near,
  normalizeName,
  ...
}:
let
  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    elem
    foldl'
    groupBy
    head
    isAttrs
    isFunction
    isList
    isString
    length
    listToAttrs
    mapAttrs
    partition
    removeAttrs
    replaceStrings
    typeOf
    ;

  # The attributes that people change, and what they are: for the type of one that a package does not have yet, and for
  # the name of one that is misspelt.
  lists = [
    "buildInputs"
    "build-system"
    "checkInputs"
    "cmakeFlags"
    "configureFlags"
    "dependencies"
    "disabledTestPaths"
    "disabledTests"
    "installCheckInputs"
    "makeFlags"
    "makeWrapperArgs"
    "mesonFlags"
    "nativeBuildInputs"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
    "patches"
    "propagatedBuildInputs"
    "pypaBuildFlags"
    "pytestFlags"
    "pythonImportsCheck"
    "unittestFlags"
  ];
  texts = [
    "buildPhase"
    "checkPhase"
    "configurePhase"
    "installCheckPhase"
    "installPhase"
    "pname"
    "postBuild"
    "postCheck"
    "postFixup"
    "postInstall"
    "postPatch"
    "preBuild"
    "preCheck"
    "preFixup"
    "preInstall"
    "prePatch"
    "sourceRoot"
    "version"
  ];
  flags = [
    "doCheck"
    "doInstallCheck"
    "dontAutoPatchelf"
    "dontStrip"
    "dontWrapPythonPrograms"
    "strictDeps"
  ];
  sets = [
    "env"
    "meta"
    "passthru"
  ];
  known = listToAttrs (
    concatMap
      (
        group:
        map (name: {
          inherit name;
          value = group.type;
        }) group.names
      )
      [
        {
          type = "list";
          names = lists;
        }
        {
          type = "string";
          names = texts;
        }
        {
          type = "bool";
          names = flags;
        }
        {
          type = "set";
          names = sets;
        }
        {
          type = "any";
          names = [
            "disabled"
            "name"
            "src"
            "stdenv"
          ];
        }
      ]
  );
  kinds = {
    bool = "true or false";
    int = "a number";
    lambda = "a function";
    list = "a list";
    path = "a path";
    set = "a set";
    string = "text";
  };
  kind = type: kinds.${type} or type;
  lines = {
    bool = "false";
    list = "[ … ]";
    set = "{ … }";
    string = "''…''";
  };

  # What only the arguments of nixpkgs' functions for Python have, or have apart from what these add. All else is changed
  # in the derivation, since nixpkgs' overridePythonAttrs forgets a caller's overrideAttrs.
  ofPython = [
    "build-system"
    "checkInputs"
    "checkPhase"
    "dependencies"
    "disabled"
    "doCheck"
    "nativeCheckInputs"
    "optional-dependencies"
    "pname"
    "propagatedBuildInputs"
    "pythonRelaxDeps"
    "pythonRemoveDeps"
    "stdenv"
    "version"
  ];
  wholeOfPython = [
    "nativeBuildInputs"
    "postFixup"
  ];
  isOfPython =
    key: value: elem key ofPython || operation value == "replace" && elem key wholeOfPython;

  operations = [
    "add"
    "mod"
  ];
  operation =
    value:
    if isAttrs value && attrNames value == [ "add" ] then
      "add"
    else if isAttrs value && attrNames value == [ "mod" ] then
      "mod"
    else
      "replace";

  # A name of a store path, of an attribute or of a package, in a line to paste.
  quoted = name: if builtins.match "[A-Za-z_][A-Za-z0-9_'-]*" name == null then ''"${name}"'' else name;

  # A new value as it is: a set in the place of something else was meant as an operation.
  noOperation =
    {
      title,
      wanted,
      value,
    }:
    let
      words = attrNames value;
      meant = near (head words) operations;
      stop =
        what: hint:
        fail {
          inherit what;
          where = "the argument `_`";
          hint = "${title}.${hint};";
        };
      added = "add = ${if wanted == null then "…" else lines.${wanted}}";
    in
    if !(isAttrs value) || value ? outPath || wanted == "set" then
      value
    else if wanted != null && words == operations then
      stop "`${title}` has both `add` and `mod`" "mod = old: …"
    else if length words == 1 && (wanted != null || meant != null) then
      stop "`${title}.${head words}` is none of ${concatStringsSep " and " operations}${
        if meant == null then "" else ": do you mean `${meant}`?"
      }" (if meant == "mod" then "mod = old: …" else added)
    else
      value;

  # The new value of an attribute: title is where the user has written it.
  changed =
    {
      title,
      key,
      self,
      old,
      value,
    }:
    let
      op = operation value;
      had = old.${key} or null;
      about = known.${key} or (if op == "add" then "value" else "any");
      wanted =
        if about == "any" then
          null
        else if had != null then
          typeOf had
        else if about == "value" then
          null
        else
          about;
      isText = type: type == "string" || type == "path";
      suits = new: new == null || wanted == null || typeOf new == wanted || isText (typeOf new) && isText wanted;
      mistyped =
        new:
        fail {
          what = "`${title}` is ${kind (typeOf new)}, `${key}` of the package ${
            if had == null then "is to be" else "is"
          } ${kind wanted}";
          where = "the argument `_`";
          hint = "${title}${if op == "mod" then " = old: " else " = "}${lines.${wanted} or "…"};";
        };
      canBeAdded = new: isList new || isString new || isAttrs new;
      sum =
        a: b:
        if isList b then
          a ++ b
        else if isString b then
          "${a}\n${b}"
        else
          a // b;
      modified =
        let
          once = value.mod had;
        in
        if isFunction once then value.mod self old had else once;
      new =
        if op == "add" then
          value.add
        else if op == "mod" then
          modified
        else
          noOperation { inherit title wanted value; };
    in
    if op == "mod" && !(isFunction value.mod) then
      fail {
        what = "`${title}` is ${kind (typeOf value.mod)}, not a function";
        where = "the argument `_`";
        hint = "${title} = old: …;";
      }
    else if op == "add" && !(canBeAdded new) then
      fail {
        what = "`${title}` is ${kind (typeOf new)}, and only lists, text and sets can be added";
        where = "the argument `_`";
        hint = "${replaceStrings [ ".add" ] [ "" ] title} = …;";
      }
    else if !(suits new) then
      mistyped new
    else if op == "add" && had != null then
      sum had new
    else
      new;

  # A package with the changes of one of its names.
  change =
    self: package: name: values:
    let
      titleOf =
        key:
        let
          op = operation values.${key};
        in
        "_.${quoted name}.${quoted key}${if op == "replace" then "" else ".${op}"}";
      check =
        old: key:
        let
          meant = near key (attrNames known);
        in
        if known ? ${key} || old ? ${key} || meant == null then
          key
        else
          fail {
            what = "no package has an attribute `${key}`: do you mean `${meant}`?";
            where = "the argument `_`";
            hint = "${replaceStrings [ key ] [ meant ] (titleOf key)} = …;";
          };
      apply =
        values: old:
        listToAttrs (
          map (key: {
            name = check old key;
            value = changed {
              title = titleOf key;
              value = values.${key};
              inherit key self old;
            };
          }) (attrNames values)
        );
      keys = partition (key: package ? overridePythonAttrs && isOfPython key values.${key}) (
        attrNames values
      );
      python = removeAttrs values keys.wrong;
      derivation = removeAttrs values keys.right;
      first = if python == { } then package else package.overridePythonAttrs (apply python);
    in
    if !(isAttrs values) || values ? type then
      fail {
        what = "`_.${quoted name}` is ${kind (typeOf values)}, not a set of attributes";
        where = "the argument `_`";
        hint = "_.${quoted name}.buildInputs.add = [ pkgs.zlib ];";
      }
    else if !(isAttrs package && package ? overrideAttrs) then
      fail {
        what = "`_.${quoted name}` is of something that is no package for this Python";
        where = "the argument `_`";
        hint = "leave it out";
      }
    else if derivation == { } then
      first
    else
      first.overrideAttrs (apply derivation);
in
/*
  The simplified overrides of the argument `_` as an overlay of the Python set, to come last. A package is named by its
  project, in any spelling, or by its attribute in the set. An attribute is given its new value, or `add` with what is
  to be added (lists are joined, text on a new line, sets merged), or `mod` with a function of the old value, or of the
  set, the old attributes and the old value. What a package does not have is null, and can be added to. `attrs` are the
  attributes of the set by project.

  Attributes are those of nixpkgs' buildPythonPackage; of a package that is built from its source they reach the build and
  the installation (overridable.nix).

  Type: simpleOverrides ::
    { attrs :: AttrSet, overrides :: AttrSet } -> (AttrSet -> AttrSet -> AttrSet)

  Example:
    simpleOverrides {
      attrs = { pandas = "pandas"; };
      overrides.pandas.buildInputs.add = [ pkgs.zlib ];
    }
    => self: super: { pandas = «derivation …»; }
*/
{ attrs, overrides }:
let
  attrOf =
    super: name:
    let
      project = normalizeName name;
      meant = near project (attrNames attrs);
      also = near name (attrNames super);
      found = if meant == null then also else meant;
    in
    if attrs ? ${project} then
      attrs.${project}
    else if super ? ${name} then
      name
    else
      fail {
        what = ''there is no package "${name}"${if found == null then "" else '': do you mean "${found}"?''}'';
        where = "the argument `_`";
        hint =
          if found == null then
            "leave out `_.${quoted name}`, or ask for ${name} in the requirements"
          else
"_.${quoted found} = { … };";
      };
in
self: super:
mapAttrs (attr: names: foldl' (package: name: change self package name overrides.${name}) super.${attr} names) (
  groupBy (attrOf super) (attrNames overrides)
)
