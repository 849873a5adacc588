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
