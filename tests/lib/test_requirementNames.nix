{ scope, ... }:
{
  namesOfAllKinds = {
    expr = scope.requirementNames ''
      # a comment
      Flask>=3   # web
      ruamel.yaml[x] ; python_version < "3"
        foo @ https://index.example/foo-1.0.zip
      -r more.txt
      --index-url https://index.example
      https://index.example/bar-1.0-py3-none-any.whl
      ./local
      git+https://index.example/o/r
      numpy
    '';
    expected = [
      "flask"
      "ruamel-yaml"
      "foo"
      "numpy"
    ];
  };
  windowsLines = {
    expr = scope.requirementNames "a\r\nb\r\n";
    expected = [
      "a"
      "b"
    ];
  };
  # A line of hashes would need more stack than std::regex has.
  longLines = {
    expr = scope.requirementNames "a==1 ${
      builtins.concatStringsSep " " (builtins.genList (i: "--hash=sha256:${toString i}") 5000)
    }";
    expected = [ "a" ];
  };
}
