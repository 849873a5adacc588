{ attrName, ... }:
/*
  The attributes under which the packages of a lock stand in the Python set, by project: what the lock says, else
  nixpkgs' attribute for the project in `set`, the set before mach.

  Type: lockAttrs :: { set :: AttrSet, lock :: AttrSet } -> AttrSet

  Example:
    lockAttrs { set = python3.pkgs; lock = { packages = [ { name = "opencv-python"; … } ]; … }; }
    => { opencv-python = "opencv4"; }
*/
{ set, lock }:
builtins.listToAttrs (
  map (entry: {
    inherit (entry) name;
    value =
      entry.tool.mach.attr or (attrName {
        inherit set;
        inherit (entry) name;
      });
  }) lock.packages
)
