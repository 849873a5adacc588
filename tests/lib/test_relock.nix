{ scope, ... }:
let
  wanted = {
    python = "3.12";
    systems = [
      "aarch64-darwin"
      "x86_64-linux"
    ];
    providers.numpy = "sdist";
  };
in
{
  ofARequirementsFile = {
    expr = scope.relock wanted;
    expected = "mach lock -r requirements.txt -o pylock.toml --python 3.12 --system aarch64-darwin --system x86_64-linux --provider numpy=sdist";
  };
  ofAProjectDirectory = {
    expr = scope.relock (
      wanted
      // {
        extras = [ "docs" ];
        groups = [ "dev" ];
      }
    );
    expected = "mach lock . -o pylock.toml --python 3.12 --system aarch64-darwin --system x86_64-linux --extra docs --group dev --provider numpy=sdist";
  };
  withRepositories = {
    expr = scope.relock (
      wanted
      // {
        providers = {
          a = "github:owner/a";
          b = "github:owner/b?dir=py";
        };
      }
    );
    expected = "mach lock -r requirements.txt -o pylock.toml --python 3.12 --system aarch64-darwin --system x86_64-linux --provider a=github:owner/a --provider 'b=github:owner/b?dir=py'";
  };
  withFixes = {
    expr = scope.relock (wanted // { fixes = [ ./fixes ]; });
    expected = "mach lock -r requirements.txt -o pylock.toml --python 3.12 --system aarch64-darwin --system x86_64-linux --fixes ${(scope.userPath ./fixes).shell} --provider numpy=sdist";
  };
  inItsPlace = {
    expr = scope.relock {
      python = "3.12";
      systems = [ "x86_64-linux" ];
      providers = { };
      output = "/home/me/locks/dev.pylock.toml";
    };
    expected = "mach lock -r requirements.txt -o /home/me/locks/dev.pylock.toml --python 3.12 --system x86_64-linux";
  };
}
