{ arguments, factsFor, ... }:
/*
  What nixpkgs offers for the arguments of mkPython (factsFor.nix), as `mach lock --facts` reads it: for one Python on one
  system.

  Type: facts :: AttrSet -> AttrSet

  Example:
    facts { inherit pkgs; requirements = "pyyaml"; }
    => { version = 1; python = "3.12"; system = "x86_64-linux"; nixpkgs = "25.11"; unusable = [ ];
         packages = [ { name = "pyyaml"; attr = "pyyaml"; version = "6.0.2"; dependencies = [ ]; } ]; }
*/
args: factsFor (arguments ({ requirements = ""; } // args))
