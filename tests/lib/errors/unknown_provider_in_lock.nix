(import ../../../lib).provide {
  pkgs = { };
  base = { };
  set = { };
  fetch = _: { };
  build = [ ];
  dependencies = [ ];
  entry = {
    name = "flask";
    tool.mach.provider = "conda";
  };
}
