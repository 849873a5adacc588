# nixpkgs: lib/licenses.nix, the few that this set's packages have
{ lib }:
lib.mapAttrs
  (shortName: license: {
    inherit shortName;
    free = true;
    deprecated = false;
  } // license)
  {
    asl20.spdxId = "Apache-2.0";
    bsd3.spdxId = "BSD-3-Clause";
    gpl2Only.spdxId = "GPL-2.0-only";
    mit.spdxId = "MIT";
    mpl20.spdxId = "MPL-2.0";
    psfl.spdxId = "Python-2.0";
    unfree.free = false;
  }
