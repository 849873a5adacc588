# Runs every test_<file>.nix of this folder, each a set of `{ expr; expected; }`:
#
#   nix-instantiate --eval --strict --read-write-mode tests/lib/run.nix
#
# It gives one line of counts, or stops with what differs. A file of lib/ without tests is a failure too.
let
  scope = import ../../lib;
  fake = import ./fake.nix;

  inherit (builtins)
    attrNames
    concatMap
    concatStringsSep
    filter
    isAttrs
    length
    match
    readDir
    toJSON
    ;

  nameOf =
    file:
    let
      found = match "test_(.*)\\.nix" file;
    in
    if found == null then [ ] else found;
  tested = concatMap nameOf (attrNames (readDir ./.));
  untested = filter (name: !(builtins.elem name tested)) (filter (name: name != "api") (attrNames scope));

  # A test may stand in sets of sets, whose names are joined.
  cases =
    path: tree:
    if isAttrs tree && tree ? expr && tree ? expected then
      [
        {
          name = path;
          inherit (tree) expr expected;
        }
      ]
    else
      concatMap (name: cases "${path}.${name}" tree.${name}) (attrNames tree);

  casesOf = name: cases name (import (./. + "/test_${name}.nix") { inherit scope fake; });
  all = concatMap casesOf tested;
  failed = filter (case: case.expr != case.expected) all;
  count = bad: "${toString (length all - bad)} passed, ${toString bad} failed";
  describe =
    case:
    "${case.name}\n  expected ${toJSON case.expected}\n  got      ${toJSON case.expr}";
in
if untested != [ ] then
  throw "files of lib/ without tests: ${concatStringsSep " " untested}"
else if failed != [ ] then
  throw "\n${concatStringsSep "\n" (map describe failed)}\n${count (length failed)}"
else
  count 0
