{ scope, ... }:
{
  # django_4 is to be what nixpkgs' packages find under django.
  anotherVersion = {
    expr = scope.lockAttrs {
      set.django = null;
      lock.packages = [
        {
          name = "django";
          tool.mach.attr = "django_4";
        }
      ];
    };
    expected.django = "django";
  };
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
