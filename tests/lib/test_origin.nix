{ scope, ... }:
let
  origin = scope.origin {
    fetch = { entry, file }: "${entry.name}: ${file.name} ${file.url}";
    directory = ./.;
  };
  of = said: origin ({ name = "foo"; } // said);
in
{
  anArchive = {
    expr = of { archive.url = "https://index.example/get/foo.zip?x=1"; };
    expected = "foo: foo.zip-x-1 https://index.example/get/foo.zip?x=1";
  };
  aDirectoryBesideTheLock = {
    expr = builtins.pathExists "${of { directory.path = "./project"; }}/pyproject.toml";
    expected = true;
  };
  withoutTheLock = {
    expr = builtins.pathExists "${of { directory.path = "project"; }}/pylock.toml";
    expected = false;
  };
}
