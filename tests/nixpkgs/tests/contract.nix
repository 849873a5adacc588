# The attributes of CONTRACT.md, section Taken, that the set does not have: none, but for the optional ones.
{ pkgs }:
let
  inherit (pkgs) lib;

  # What the roots of the contract are; where two are given, one of them has the attribute.
  roots = {
    pkgs = [ pkgs ];
    lib = [ lib ];
    stdenv = [ pkgs.stdenv ];
    python = [ pkgs.python3 ];
    package = [
      pkgs.python3.pkgs.pyyaml
      pkgs.python3.pkgs.pypaBuildHook
    ];
  };

  has =
    path: set:
    path == [ ] || set ? ${builtins.head path} && has (builtins.tail path) set.${builtins.head path};

  offered =
    attribute:
    let
      path = lib.splitString "." attribute;
    in
    builtins.any (has (builtins.tail path)) roots.${builtins.head path};

  taken = builtins.head (lib.splitString "\n## Given" (builtins.readFile ../CONTRACT.md));
  row = builtins.match "\\| `([^`]+)` \\| [^|]* \\| ?(optional)?.*";
  rows = builtins.filter (found: found != null) (map row (lib.splitString "\n" taken));
  required = map builtins.head (builtins.filter (found: builtins.elemAt found 1 == null) rows);
in
assert builtins.length required > 30;
builtins.filter (attribute: !(offered attribute)) required
