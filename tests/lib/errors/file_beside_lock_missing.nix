(import ../../../lib).source
  {
    pkgs = { };
    filesUrl = null;
    directory = ./.;
  }
  {
    entry = {
      name = "gone";
      tool.mach = { };
    };
    file = {
      name = "gone-1-py3-none-any.whl";
      path = "wheels/gone-1-py3-none-any.whl";
    };
  }
