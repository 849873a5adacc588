{ scope, fake }:
let
  inherit (scope) otherLock;
  nameOf =
    path:
    let
      found = otherLock path;
    in
    if found == null then null else found.name;
  made =
    changes:
    (scope.lockFor (
      scope.arguments (
        {
          inherit (fake) pkgs;
          lock = ./locks/uv.lock;
          db = "/store/pypi.xz";
          helper = fake.drv { name = "mach-0"; };
        }
        // changes
      )
    )).file;
  has = script: part: builtins.length (builtins.split part script) > 1;
in
{
  byTheirNames = {
    expr = map nameOf [
      ./locks/uv.lock
      (builtins.toFile "Pipfile.lock" "{}")
      ./lock.toml
      null
    ];
    expected = [
      "uv.lock"
      "Pipfile.lock"
      null
      null
    ];
  };
  # Its dates are no TOML for Nix, so that it is told by its text.
  aPylockOfAnotherTool = {
    expr = nameOf ./locks/pylock.toml;
    expected = "pylock.toml";
  };
  whatIsReadIsThere = {
    expr = builtins.attrNames (builtins.readDir (otherLock ./locks/uv.lock).root);
    expected = [
      "pyproject.toml"
      "uv.lock"
    ];
  };
  isTaken =
    let
      inherit
        (made {
          extras = [ "docs" ];
          groups = [ "dev" ];
        })
        script
        ;
    in
    {
      expr = map (has script) [
        "'--from' 'uv.lock' '--extra' 'docs' '--group' 'dev' -o made.toml"
        "cp -r /nix/store/[^ ]*-lock/. project"
        "requirements.txt"
      ];
      expected = [
        true
        true
        false
      ];
    };
  # Over the network too, if the hash of what is made is known.
  withAHash = {
    expr = (made { lockHash = ""; }).outputHashMode;
    expected = "flat";
  };
}
