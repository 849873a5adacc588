{ scope, ... }:
let
  # As pypa/packaging evaluates them.
  known = builtins.fromJSON (builtins.readFile ./markers/markers.json);
  holds = scope.markerHolds {
    variables = known.environment;
    extras = [ "docs" ];
    groups = [ "dev" ];
  };
in
{
  asPackaging = {
    expr = builtins.mapAttrs (text: _: holds text) known.cases;
    expected = known.cases;
  };
  extrasAndGroups = {
    expr = map holds [
      "'docs' in extras"
      "'web' in extras or 'dev' in dependency_groups"
      "'docs' not in extras"
      "('web' in extras or 'lint' in dependency_groups) and sys_platform == 'linux'"
    ];
    expected = [
      true
      true
      false
      false
    ];
  };
  whatIsNotReadHere = {
    expr = map holds [
      ""
      "python_version"
      "python_version < '3.13rc1'"
      "python_version < '3.13' and platform_release > '5'"
      "python_version === '3.12'"
      "python_version > '3.*'"
      "sys_platform < 'm'"
      "extra == 'docs'"
      "os.name == 'posix'"
      "(sys_platform == 'linux'"
      "sys_platform == 'linux')"
      "sys_platform == 'linux' and"
      "sys_platform == 'linux' # no"
      "'linux' == 'linux'"
      "'docs' == extras"
    ];
    expected = builtins.genList (_: null) 15;
  };
}
