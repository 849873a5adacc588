{ scope, fake }:
let
  made = scope.wheel {
    inherit (fake) pkgs;
    base = fake.pkgs.python3.pkgs;
    filesUrl = null;
    dependencies = [ ];
    entry = {
      name = "a";
      version = "1.0";
      wheels = [
        {
          name = "a-1.0-py3-none-any.whl";
          url = "https://index.example/a-1.0-py3-none-any.whl";
          hashes.sha256 = "aa";
        }
      ];
    };
  };
in
{
  isInstalled = {
    expr = [
      made.name
      made.src.url
      made.passthru.provider
    ];
    expected = [
      "a-1.0"
      "https://index.example/a-1.0-py3-none-any.whl"
      "wheel"
    ];
  };
}
