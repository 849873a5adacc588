# What holds of the environments before anything is built, by name: true, or the claim fails.
{
  pkgs,
  mach,
  asked,
  environments,
  besideOnLinux,
  besideOnDarwin,
  bothOnDarwin,
}:
let
  inherit (builtins)
    all
    elem
    isString
    match
    ;
  inherit (environments)
    everything
    native
    renamed
    unusable
    ;

  # An overlay of a Python set that adds one string.
  adds = name: _self: _super: { ${name} = name; };

  # An interpreter that has overrides already, in a nixpkgs that has extensions.
  extended = pkgs.extend (
    _final: prev: { pythonPackagesExtensions = prev.pythonPackagesExtensions ++ [ (adds "extension") ]; }
  );
  own = extended.python3.override {
    self = own;
    packageOverrides = adds "own";
  };
  composed = everything.override {
    pkgs = extended;
    python = own;
    overridesPre = [ (adds "pre") ];
    overridesPost = [
      (self: super: {
        post = [
          self.own
          super.pre
        ];
      })
    ];
  };

  byHand = pkgs.python3.override {
    self = byHand;
    packageOverrides = mach.mkPythonOverrides (asked.everything // { inherit (everything) lock; });
  };

  # An overlay with another source for nixpkgs' packages.
  leaking =
    _self: super:
    builtins.mapAttrs (name: _: super.${name}.overridePythonAttrs { src = "/leaked"; }) {
      itsdangerous = null;
      markupsafe = null;
    };

  # What the wheel of an sdist is built with.
  buildOf = package: package.src.nativeBuildInputs ++ package.src.buildInputs;
in
{
  overridesOfTheInterpreterSurvive = composed.pkgs.own == "own";
  extensionsOfNixpkgsSurvive = composed.pkgs.extension == "extension";
  overridesAreBeforeAndAfter =
    composed.pkgs.post == [
      "own"
      "pre"
    ];
  theSetKnowsItsInterpreter = composed.pkgs.python == composed.python;

  # mkPythonOverrides makes the same packages in an interpreter that somebody overrides by hand.
  overridesByHand = byHand.pkgs.flask.drvPath == everything.pkgs.flask.drvPath;

  # nixpkgs' packages have their dependencies from the lock.
  nixpkgsSeesTheLock =
    everything.pkgs.markupsafe.provider == "sdist"
    && elem everything.pkgs.markupsafe everything.pkgs.jinja2.propagatedBuildInputs;

  # A project stands under nixpkgs' attribute for it, and under its own name.
  renamedIsTakenByItsAttribute =
    renamed.pkgs.xlib.provider == "wheel"
    && renamed.pkgs.python-xlib == renamed.pkgs.xlib
    && elem renamed.pkgs.xlib renamed.pkgs.keys.propagatedBuildInputs;

  # A package of the lock has its own source, whatever nixpkgs' package of that name has.
  sourcesDoNotLeak =
    let
      leaked = everything.override { overridesPre = [ leaking ]; };
    in
    leaked.pkgs.itsdangerous.drvPath == everything.pkgs.itsdangerous.drvPath
    && leaked.pkgs.markupsafe.drvPath == everything.pkgs.markupsafe.drvPath;

  brokenComesFromElsewhere = unusable.pkgs.idna.provider == "wheel";
  nullComesFromElsewhere = unusable.pkgs.tomli.provider == "wheel";

  # A lock for two systems gives each its wheel and its packages.
  eachSystemHasItsWheel =
    match ".*-native-1-py3-none-linux_[a-z0-9_]*\\.whl" besideOnLinux.pkgs.native.src != null
    && match ".*-native-1-py3-none-macosx_11_0_arm64\\.whl" besideOnDarwin.pkgs.native.src != null;
  macOSHasWheelsOfTheIndex = match ".*-macosx_.*_arm64\\.whl" bothOnDarwin.pkgs.markupsafe.src.name != null;
  eachSystemHasItsPackages =
    !(besideOnLinux.pkgs ? shiny) && elem besideOnDarwin.pkgs.shiny besideOnDarwin.pkgs.app.propagatedBuildInputs;
  theOtherSystemEvaluates = isString besideOnDarwin.drvPath;

  # An sdist has nixpkgs' libraries, and none of its Python packages.
  nativeInputsAreInherited = elem pkgs.libyaml (buildOf native.pkgs.pyyaml);
  pythonInputsAreNot = all (name: !(elem pkgs.python3.pkgs.${name} (buildOf native.pkgs.pyyaml))) [
    "cython"
    "setuptools"
  ];
}
