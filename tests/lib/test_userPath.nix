{ scope, ... }:
{
  # Nobody knows where commands are called.
  ofADirectory = {
    expr = scope.userPath "/home/me/my locks/pylock.toml";
    expected = {
      nix = "./pylock.toml";
      shell = "'/home/me/my locks/pylock.toml'";
      parent = "'/home/me/my locks'";
    };
  };
  ofAFlake = {
    expr = scope.userPath "${builtins.storeDir}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-source/locks/dev.pylock.toml";
    expected = {
      nix = "./locks/dev.pylock.toml";
      shell = "locks/dev.pylock.toml";
      parent = "./locks";
    };
  };
  atItsTop = {
    expr = (scope.userPath "${builtins.storeDir}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-source/pylock.toml").parent;
    expected = ".";
  };
  flakeItself = {
    expr = scope.userPath "${builtins.storeDir}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-source";
    expected = {
      nix = "./.";
      shell = ".";
      parent = ".";
    };
  };
  # Copied by itself it has lost its directory.
  ofTheStore = {
    expr = (scope.userPath (builtins.toFile "pylock.toml" "")).shell;
    expected = "pylock.toml";
  };
}
