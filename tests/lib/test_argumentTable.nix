{ scope, fake }:
let
  is = name: scope.argumentTable.${name}.is;
in
{
  requirements = {
    expr = map (is "requirements") [
      null
      "flask"
      ./lock.toml
      [ "flask" ]
      [ ./lock.toml ]
      { }
    ];
    expected = [
      true
      true
      true
      true
      false
      false
    ];
  };
  # Text that is a path, as `"${src}/pylock.toml"` is, names a file; other text names none.
  lock = {
    expr = map (is "lock") [
      ./lock.toml
      "/store/src/pylock.toml"
      "./pylock.toml"
    ];
    expected = [
      true
      true
      false
    ];
  };
  days = {
    expr = map (is "excludeNewer") [
      "2026-01-31"
      "yesterday"
    ];
    expected = [
      true
      false
    ];
  };
  # Each has a line for messages, in which it stands itself.
  lines = {
    expr = builtins.filter (
      name: builtins.match "(.*[^a-zA-Z])?${name}[^a-zA-Z].*" scope.argumentTable.${name}.line == null
    ) (builtins.attrNames scope.argumentTable);
    expected = [ ];
  };
}
