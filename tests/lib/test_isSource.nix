{ scope, ... }:
{
  sources = {
    expr = map scope.isSource [
      ./project
      "/store/source"
      "https://index.example/archive.tar.gz"
      { outPath = "/store/source"; }
    ];
    expected = [
      true
      true
      true
      true
    ];
  };
  others = {
    expr = map scope.isSource [
      "flask"
      { src = ./project; }
      [ ./project ]
    ];
    expected = [
      false
      false
      false
    ];
  };
}
