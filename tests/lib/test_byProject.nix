{ scope, ... }:
let
  set.opencv4 = 1;
  attrs = {
    opencv-python = "opencv4";
    flask = "flask";
  };
  super = {
    opencv4 = 1;
    flask = 1;
    opencv-python = throw "is the final one";
  };
  said = overlay: scope.byProject { inherit set attrs; } overlay { } super;
in
{
  aProjectIsCalledByItsName = {
    expr = said (
      _self: super: {
        opencv-python = super.opencv-python + 1;
        flask = super.flask + 1;
      }
    );
    expected = {
      opencv4 = 2;
      flask = 2;
    };
  };
  nixpkgsNameCounts = {
    expr = said (
      _self: super: {
        opencv4 = super.opencv4 + 2;
        opencv-python = 0;
      }
    );
    expected.opencv4 = 3;
  };
  # One that the set has for something else.
  anotherPackageOfThatName = {
    expr =
      scope.byProject
        {
          inherit attrs;
          set = set // {
            opencv-python = 0;
          };
        }
        (_self: _super: { opencv-python = 5; })
        { }
        super;
    expected.opencv-python = 5;
  };
}
