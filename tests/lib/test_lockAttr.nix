{ scope, ... }:
{
  whatTheLockSays = {
    expr = scope.lockAttr {
      set = { };
      entry.tool.mach.attr = "opencv4";
    };
    expected = "opencv4";
  };
  whatNixpkgsSays = {
    expr = scope.lockAttr {
      set.opencv4 = null;
      entry = {
        name = "opencv-python";
        tool.mach.provider = "wheel";
      };
    };
    expected = "opencv4";
  };
}
