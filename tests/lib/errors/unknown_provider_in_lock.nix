(import ../../../lib).provide {
  pkgs = { };
  base = { };
  set = { };
  filesUrl = null;
  build = [ ];
  dependencies = [ ];
  entry = {
    name = "flask";
    tool.mach.provider = "conda";
  };
}
