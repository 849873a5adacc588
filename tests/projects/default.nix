# A program from the source of somebody else's project, with the lock beside it.
{
  directory,
  attrs ? { },
  pkgs ? import ../nixpkgs { },
}:
(import ../.. { inherit pkgs; }).buildPythonApplication (
  {
    src = directory;
    filesUrl = (builtins.fromJSON (builtins.readFile ../nixpkgs/host.json)).files;
  }
  // attrs
)
