# nixpkgs: pkgs/development/interpreters/python/default.nix. The interpreters by attribute.
#
# The one whose version the host has can be built; the others are there to be evaluated.
{
  lib,
  host,
  callPackage,
  pythonInterpreters,
}:
let
  passthruFun = callPackage ./passthru.nix { };
  hostVersion = lib.versions.majorMinor host.python.version;

  interpreter =
    minor: args:
    let
      pythonAttr = "python3${minor}${lib.optionalString (args ? enableGIL) "FreeThreading"}";
      pythonVersion = "3.${minor}";
    in
    lib.nameValuePair pythonAttr (
      callPackage ./cpython (
        {
          inherit host passthruFun pythonAttr;
          self = pythonInterpreters.${pythonAttr};
          sourceVersion = {
            major = "3";
            inherit minor;
            patch = if pythonVersion == hostVersion then lib.versions.patch host.python.version else "0";
            suffix = "";
          };
        }
        // args
      )
    );
in
builtins.listToAttrs (
  map (minor: interpreter minor { }) [
    "9"
    "10"
    "11"
    "12"
    "13"
    "14"
  ]
  ++ [ (interpreter "13" { enableGIL = false; }) ]
)
