{ attrName, variants, ... }:
/*
  The attributes under which the packages of a lock stand in the Python set, by project: what the lock says, else
  nixpkgs' attribute for the project in `set`, the set before mach. One that nixpkgs has at another version under another
  attribute (django_4) stands under the first (django), where nixpkgs' other packages look for it.

  Type: lockAttrs :: { set :: AttrSet, lock :: AttrSet } -> AttrSet

  Example:
    lockAttrs { set = python3.pkgs; lock = { packages = [ { name = "opencv-python"; … } ]; … }; }
    => { opencv-python = "opencv4"; }
*/
{ set, lock }:
builtins.listToAttrs (
  map (
    entry:
    let
      own = attrName {
        inherit set;
        inherit (entry) name;
      };
      said = entry.tool.mach.attr or own;
    in
    {
      inherit (entry) name;
      value = if variants.isOf own said then own else said;
    }
  ) lock.packages
)
