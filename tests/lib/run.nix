# Runs every test_<file>.nix of this folder, each a set of `{ expr; expected; }`:
#
#   nix-instantiate --eval --strict tests/lib/run.nix
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

  namesIn = folder: pattern: concatMap (file: let m = match pattern file; in if m == null then [ ] else m) (attrNames (readDir folder));
  tested = namesIn ./. "test_(.*)\\.nix";
  untested = filter (name: !(builtins.elem name tested)) (filter (name: name != "api") (attrNames scope));

  # A test may stand in sets of sets, whose names are joined.
  cases =
    path: tree:
    if isAttrs tree && tree ? expr && tree ? expected then
      [ { name = path; inherit (tree) expr expected; } ]
    else
      concatMap (name: cases "${path}.${name}" tree.${name}) (attrNames tree);

  all = concatMap (name: cases name (import (./. + "/test_${name}.nix") { inherit scope fake; })) tested;
  failed = filter (case: case.expr != case.expected) all;
  describe = case: "${case.name}\n  expected ${toJSON case.expected}\n  got      ${toJSON case.expr}";
in
if untested != [ ] then
  throw "files of lib/ without tests: ${concatStringsSep " " untested}"
else if failed != [ ] then
  throw "\n${concatStringsSep "\n" (map describe failed)}\n${toString (length failed)} of ${toString (length all)} failed"
else
  "${toString (length all)} passed, 0 failed"
