{
  attributeOperation,
  attributeTypes,
  changedAttribute,
  fail,
  near,
  normalizeName,
  typeWords,
  ...
}:
let
  inherit (builtins)
    attrNames
    elem
    foldl'
    groupBy
    isAttrs
    listToAttrs
    mapAttrs
    partition
    removeAttrs
    replaceStrings
    typeOf
    ;

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
    key: value: elem key ofPython || attributeOperation value == "replace" && elem key wholeOfPython;

  # A name of a store path, of an attribute or of a package, in a line to paste.
  quoted = name: if builtins.match "[A-Za-z_][A-Za-z0-9_'-]*" name == null then ''"${name}"'' else name;

  # A package with the changes of one of its names.
  change =
    self: package: name: values:
    let
      titleOf =
        key:
        let
          op = attributeOperation values.${key};
        in
        "_.${quoted name}.${quoted key}${if op == "replace" then "" else ".${op}"}";
      check =
        old: key:
        let
          meant = near key (attrNames attributeTypes);
        in
        if attributeTypes ? ${key} || old ? ${key} || meant == null then
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
            value = changedAttribute {
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
        what = "`_.${quoted name}` is ${typeWords.${typeOf values}}, not a set of attributes";
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
