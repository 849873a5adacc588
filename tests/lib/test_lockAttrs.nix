{ scope, ... }:
{
  whatTheLockSaysElseNixpkgs = {
    expr = scope.lockAttrs {
      set.opencv4 = null;
      lock.packages = [
        {
          name = "opencv-python";
          tool.mach.provider = "wheel";
        }
        {
          name = "pyyaml";
          tool.mach.attr = "yaml";
        }
        {
          name = "a";
          tool.mach = { };
        }
      ];
    };
    expected = {
      a = "a";
      opencv-python = "opencv4";
      pyyaml = "yaml";
    };
  };
}
