{ scope, fake }:
let
  set =
    overrides:
    (fake.pkgs.python3.override (_: {
      packageOverrides = scope.simpleOverrides {
        attrs = {
          pyyaml = "pyyaml";
          opencv-python = "opencv4";
          lxml = "lxml";
        };
        inherit overrides;
      };
    })).pkgs;
  names = map (input: input.name);
  input = name: fake.drv { inherit name; };
in
{
  replaced = {
    expr = (set { pyyaml.doCheck = false; }).pyyaml.doCheck;
    expected = false;
  };
  listsAreJoined = {
    expr = names (set { lxml.nativeBuildInputs.add = [ (input "cmake") ]; }).lxml.nativeBuildInputs;
    expected = names (set { }).lxml.nativeBuildInputs ++ [ "cmake" ];
  };
  textStandsOnALineOfItsOwn = {
    expr =
      (set {
        PyYAML.postInstall = "a";
        pyyaml.postInstall.add = "b";
      }).pyyaml.postInstall;
    expected = "a\nb";
  };
  setsAreMerged = {
    expr = (set { pyyaml.env.add.CFLAGS = "-O2"; }).pyyaml.env;
    expected.CFLAGS = "-O2";
  };
  modified = {
    expr = (set { pyyaml.version.mod = old: "${old}.post1"; }).pyyaml.version;
    expected = "6.0.2.post1";
  };
  modifiedByTheSet = {
    expr = names (set {
      pyyaml.propagatedBuildInputs.mod =
        self: old: inputs:
        inputs ++ [ self.markupsafe ] ++ (if old.pname == "PyYAML" then [ self.jinja2 ] else [ ]);
    }).pyyaml.propagatedBuildInputs;
    expected = [
      "python3-3.12.4"
      "MarkupSafe-3.0.2"
      "jinja2-3.1.5"
    ];
  };
  whatIsMissingIsNull = {
    expr =
      let
        made = set {
          pyyaml.patches.add = [ "a.patch" ];
          pyyaml.preBuild.mod = old: if old == null then "none" else old;
        };
      in
      [
        made.pyyaml.patches
        made.pyyaml.preBuild
      ];
    expected = [
      [ "a.patch" ]
      "none"
    ];
  };
  # By its project in any spelling, or by an attribute that is no project of the lock.
  names = {
    expr = [
      (set { "OpenCV_Python".doCheck = true; }).opencv4.doCheck
      (set { markupsafe.doCheck = true; }).markupsafe.doCheck
    ];
    expected = [
      true
      true
    ];
  };
  # A set without a type of its own may be called as an operation is.
  setsThatAreValues = {
    expr =
      (set {
        pyyaml.passthru = {
          add = 1;
          mod = 2;
        };
      }).pyyaml.passthru;
    expected = {
      add = 1;
      mod = 2;
    };
  };
  othersStayAsTheyAre = {
    expr = (set { pyyaml.doCheck = true; }).lxml ? doCheck;
    expected = false;
  };
  mistakes = {
    expr = map fake.stops [
      (set { pyyam.doCheck = true; }).pyyaml.name
      (set { pyyaml.buildInputs = "zlib"; }).pyyaml.buildInputs
      (set { pyyaml.buildInputs.add = "zlib"; }).pyyaml.buildInputs
      (set { lxml.buildInputs.add = "zlib"; }).lxml.buildInputs
      (set { pyyaml.FLAG.add = 1; }).pyyaml.FLAG
      (set { pyyaml.version.add = [ ]; }).pyyaml.version
      (set { pyyaml.patches.mod = [ ]; }).pyyaml.patches
      (set { pyyaml.buildInput.add = [ ]; }).pyyaml.name
      (set { pyyaml = [ ]; }).pyyaml.name
      (set { gone.doCheck = true; }).gone.name
    ];
    expected = builtins.genList (_: true) 10;
  };
}
