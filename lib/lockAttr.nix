{ attrName, ... }:
/*
  The attribute under which a package of a lock stands in the Python set: what the lock says, else nixpkgs' attribute
  for the project in `set`, the set before mach.

  Type: lockAttr :: { set :: AttrSet, entry :: AttrSet } -> string

  Example:
    lockAttr { set = python3.pkgs; entry = { name = "opencv-python"; tool.mach.provider = "wheel"; … }; }
    => "opencv4"
*/
{ set, entry }:
entry.tool.mach.attr or (attrName {
  inherit set;
  inherit (entry) name;
})
