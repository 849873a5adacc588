{ scope, ... }:
{
  # Nobody knows where commands are called.
  ofADirectory = {
    expr = scope.userPath "/home/me/my locks/pylock.toml";
    expected = {
      nix = "/home/me/my locks/pylock.toml";
      shell = "'/home/me/my locks/pylock.toml'";
    };
  };
  ofAFlake = {
    expr = scope.userPath "${builtins.storeDir}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-source/locks/dev.pylock.toml";
    expected = {
      nix = "./locks/dev.pylock.toml";
      shell = "locks/dev.pylock.toml";
    };
  };
  # Copied by itself it has lost its directory.
  ofTheStore = {
    expr = (scope.userPath (builtins.toFile "pylock.toml" "")).shell;
    expected = "pylock.toml";
  };
}
