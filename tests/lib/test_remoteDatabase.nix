{ scope, fake }:
let
  inherit (scope) remoteDatabase;
  url = "https://index.example/pypi.xz";
  hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  sri = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
in
{
  pathsAndDerivationsAreNone = {
    expr = map remoteDatabase [
      ./lock.toml
      "/store/pypi.xz"
      (fake.drv { name = "pypi.xz"; })
      (fake.drv {
        name = "pypi.xz";
        inherit url;
      })
    ];
    expected = [
      null
      null
      null
      null
    ];
  };
  bothSpellings = {
    expr = map (hash: remoteDatabase { inherit url hash; }) [
      hex
      sri
    ];
    expected = [
      "${url}#sha256=${hex}"
      "${url}#${sri}"
    ];
  };
  pinnedText = {
    expr = map remoteDatabase [
      "${url}#sha256=${hex}"
      "${url}#${sri},size=77"
    ];
    expected = [
      "${url}#sha256=${hex}"
      "${url}#${sri},size=77"
    ];
  };
  refused =
    let
      refuses = database: !(builtins.tryEval (remoteDatabase database)).success;
    in
    {
      expr = map refuses [
        url
        "${url}#sha256=12"
        { inherit url; }
        {
          inherit url;
          sha256 = hex;
        }
        {
          inherit url;
          hash = hex;
          size = "77";
        }
        {
          inherit url;
          hash = "md5-abc";
        }
      ];
      expected = [
        true
        true
        true
        true
        true
        true
      ];
    };
  withItsSize = {
    expr = remoteDatabase {
      inherit url;
      hash = sri;
      size = 77;
    };
    expected = "${url}#${sri},size=77";
  };
}
