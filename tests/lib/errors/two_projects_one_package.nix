let
  inherit (import ../fake.nix) pkgs;
  entry = name: {
    inherit name;
    tool.mach = {
      provider = "nixpkgs";
      attr = "opencv4";
    };
  };
  overlay = (import ../../../lib).packages {
    inherit pkgs;
    python = pkgs.python3;
    filesUrl = null;
    directory = null;
    attrs = {
      opencv = "opencv4";
      opencv-python = "opencv4";
    };
    lock = {
      packages = [
        (entry "opencv")
        (entry "opencv-python")
      ];
      tool.mach.build = [ ];
    };
  };
in
(overlay { } { }).opencv4
