{ normalizeName, ... }:
let
  inherit (builtins)
    attrNames
    elemAt
    listToAttrs
    match
    parseDrvName
    ;

  # The projects that nixpkgs calls otherwise, by nixpkgs' name.
  names = (builtins.fromTOML (builtins.readFile ../overrides/names.toml)).attributes;
  renamed = listToAttrs (
    map (project: {
      name = names.${project};
      value = project;
    }) (attrNames names)
  );
in
/*
  The project of a package of a Python set: its `pname`, which nixpkgs takes from the index, else its name without
  "python3.12-"; and if that is what nixpkgs calls another project by overrides/names.toml, that one.

  Type: projectName :: derivation -> string

  Example:
    projectName python3.pkgs.xlib
    => "python-xlib"
*/
package:
let
  name = package.pname or (parseDrvName package.name).name;
  prefixed = match "(python|pypy)[0-9.]*-(.*)" name;
  project = normalizeName (if prefixed == null then name else elemAt prefixed 1);
in
renamed.${project} or project
