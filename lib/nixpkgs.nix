{ fail, ... }:
/*
  The provider `nixpkgs`: a package of the lock as the Python set `set` has it. If nixpkgs has moved to another version
  since the lock was made, that one is taken, with a warning.

  Type: nixpkgs :: { pkgs, set :: AttrSet, entry :: AttrSet } -> derivation

  Example:
    nixpkgs { inherit pkgs; set = python3.pkgs; entry = { name = "pyyaml"; version = "6.0.2"; … }; }
    => python3.pkgs.pyyaml
*/
{
  pkgs,
  set,
  entry,
}:
let
  inherit (entry) name version;
  inherit (entry.tool.mach) attr;
  package = builtins.addErrorContext "while taking ${name} from nixpkgs, as the lock says" (
    set.${attr}
  );
  stop =
    what:
    fail {
      inherit what;
      where = "[[packages]] ${name}, provider nixpkgs";
      hint = "mach lock -r requirements.txt --provider ${name}=wheel,sdist -o pylock.toml";
    };
in
if !(set ? ${attr}) then
  stop ''nixpkgs has no Python package "${attr}"''
else if package == null then
  stop ''nixpkgs' Python package "${attr}" is null for this Python''
else if package.meta.broken or false then
  stop ''nixpkgs' Python package "${attr}" is marked broken''
else if package.version or version != version then
  pkgs.lib.warn "mach: ${name} was locked at ${version}, nixpkgs now has ${package.version}: lock again" package
else
  package
