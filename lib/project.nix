{
  normalizeName,
  projectSource,
  pyproject,
  requirementsOf,
  ...
}:
let
  own = [
    "src"
    "requirements"
    "requirementsExtra"
    "extras"
    "groups"
  ];
in
/*
  A project that is to be built from its source: the source (projectSource.nix), what is known of it without a lock, and
  in `attrs` the arguments for nixpkgs' function. What is not known is null: the name and the version then come from the
  lock, and so do the requirements.

  Type: project :: AttrSet -> { src, pname ?, version ?, requirements ?, requirementsExtra ?, extras ?, groups ?, … }
    -> AttrSet

  Example:
    project pkgs { src = ./my-package; postInstall = "…"; }
    => { name = "my-package"; version = "1.0"; given = null; attrs.postInstall = "…"; … }
*/
pkgs: args:
let
  static = pyproject source.tree;
  source = projectSource pkgs args.src;
  whole = if args ? name then builtins.parseDrvName args.name else { };
  pname = args.pname or whole.name or static.name;
  given = requirementsOf (args.requirements or null);
in
source
// {
  # What a backend makes may come out of any file of the source.
  metadata = if static.isStatic || given != null || source.tree == null then source.metadata else source.src;
  inherit pname given;
  name = if pname == null then null else normalizeName pname;
  version = args.version or whole.version or static.version;
  # Requirements beside those that the source has, or beside the given ones.
  more = args.requirementsExtra or "";
  extras =
    let
      extras = args.extras or [ ];
    in
    if builtins.isString extras then [ extras ] else extras;
  groups = if args.groups or null == null then [ ] else args.groups;
  # What the source itself asks for, as far as it is written down.
  dependencies = if given == null then static.dependencies else null;
  named = if given == null then static.named else [ ];
  attrs = removeAttrs args own;
}
