{ pypiFile, ... }:
/*
  The sdist of a release in the index. With its `hash`, and whatever else nixpkgs' fetchPypi takes (`extension`), that is
  asked; else the database `db` knows it. Where `pkgs` is known, `fetchPypiSdist "flask" "3.1.0"` is enough, as in
  mach-nix.

  Type: fetchPypiSdist ::
    { pkgs, pname, version :: string, hash ? string, db ?, filesUrl ?, python ?, helper ? } -> derivation

  Example:
    buildPythonPackage { inherit pkgs; src = fetchPypiSdist { inherit pkgs; pname = "six"; version = "1.17.0"; }; }
*/
{ pkgs, ... }@args:
if args ? hash || args ? sha256 then
  pkgs.fetchPypi (removeAttrs args [ "pkgs" ])
else
  pypiFile (args // { wheel = false; })
