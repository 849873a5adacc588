# What mach makes together with the overlays of others, and with what mach has made before: `claims` need no build, each
# other attribute is one claim that composition.sh builds. `common` are arguments for all: the program, and where the
# index keeps its files; `environments` are those of default.nix.
{
  pkgs,
  mach,
  common,
  environments,
  check,
}:
let
  inherit (builtins) all elem;
  inherit (pkgs) lib;
  inherit (environments)
    cycle
    everything
    hookTools
    renamed
    ;

  resolved = arguments: mach.mkPython (common // arguments);

  # An overlay that adds a word to what the overlays before it have said, and to what click has installed.
  says = word: _self: super: { said = super.said or [ ] ++ [ word ]; };
  writes = word: _self: super: {
    click = super.click.overridePythonAttrs (old: {
      postInstall = old.postInstall or "" + "\necho ${word} >>$out/said";
    });
  };

  # An overlay that keeps in `name` whether what it sees of markupsafe is mach's.
  looks = name: _self: super: { ${name} = super.markupsafe ? provider; };

  ordered = everything.override {
    python = pkgs.python3.override { packageOverrides = says "interpreter"; };
    overridesPre = [
      (says "first")
      (looks "before")
      (says "second")
    ];
    overridesPost = [
      (says "third")
      (looks "after")
      (says "fourth")
    ];
    _.click.postInstall.add = "echo simplified >>$out/said";
  };

  # The caller's own package, which nixpkgs provides, and one that the lock has.
  own = pkgs.python3.override {
    self = own;
    packageOverrides = _self: super: {
      jinja2 = super.jinja2.overridePythonAttrs (_old: {
        passthru.kept = true;
      });
      markupsafe = super.markupsafe.overridePythonAttrs (_old: {
        version = "0";
      });
    };
  };
  kept = everything.override { python = own; };

  module =
    set: pname: dependencies:
    set.buildPythonPackage {
      inherit pname dependencies;
      version = "1.0";
      format = "other";
      dontUnpack = true;
      installPhase = ''
        mkdir -p "$out/${set.python.sitePackages}"
        touch "$out/${set.python.sitePackages}/${pname}.py"
      '';
    };

  # A package that mach has built, with overlays of its own. What it needs, only they have; and what they change, another
  # environment has too or has not.
  speaks = mach.buildPythonPackage (
    common
    // {
      src = ./packages/flit;
      requirements = "click>=8\nvoice\nidna";
      overridesPre = [
        (says "package, before")
        (self: _super: { voice = module self "voice" [ ]; })
      ];
      overridesPost = [
        (says "package, after")
        (writes "package")
      ];
      _ = {
        click.postInstall.add = "echo simplified by the package >>$out/said";
        Idna.postInstall = "echo changed >$out/changed";
      };
    }
  );
  speaking = resolved {
    requirements = "click<8.2";
    packagesExtra = [ speaks ];
    overridesPre = [ (says "environment, before") ];
    overridesPost = [
      (says "environment, after")
      (writes "environment")
    ];
    _.click.postInstall.add = "echo simplified by the environment >>$out/said";
  };

  # Sets in which a project is gone, and in which it is there under the attribute of a version alone.
  throwing = resolved {
    requirements = "idna";
    providers._default = "nixpkgs,wheel";
    overridesPre = [ (_self: _super: { idna = throw "idna was removed"; }) ];
  };
  otherVersions = resolved {
    requirements = "age";
    providers._default = "nixpkgs";
    overridesPre = [ (self: _super: { age_1_0 = module self "age" [ ]; }) ];
  };

  # An environment of what another one has.
  second = resolved {
    inherit (everything) python;
    requirements = "flask";
    providers._default = "nixpkgs";
  };
in
{
  claims = {
    overlaysAreInOrder =
      ordered.pkgs.said == [
        "interpreter"
        "first"
        "second"
        "third"
        "fourth"
      ];
    beforeSeesNixpkgsAndAfterSeesMach = !ordered.pkgs.before && ordered.pkgs.after;

    # Of nixpkgs' packages the caller's stay; those of the lock are the lock's.
    packagesOfTheCallerAreKept =
      kept.pkgs.jinja2.kept
      && elem kept.pkgs.markupsafe kept.pkgs.jinja2.propagatedBuildInputs
      && kept.pkgs.markupsafe.drvPath == everything.pkgs.markupsafe.drvPath;

    # What depends on a package sees it changed, by every way that nixpkgs has to change one.
    setsCanBeOverridden =
      let
        scope = everything.pkgs.overrideScope (_self: super: {
          click = super.click.overrideAttrs { pname = "changed"; };
        });
      in
      scope.click.pname == "changed" && elem scope.click scope.flask.propagatedBuildInputs;

    # What an overlay calls by the project's name is what nixpkgs calls otherwise.
    projectsAreCalledByTheirNames =
      let
        changed = renamed.override {
          overridesPost = [
            (_self: super: {
              python-xlib = super.python-xlib.overridePythonAttrs (_old: {
                passthru.changed = true;
              });
            })
          ];
        };
      in
      all (attr: changed.pkgs.${attr}.changed) [
        "python-xlib"
        "xlib"
      ]
      && elem changed.pkgs.xlib changed.pkgs.keys.propagatedBuildInputs;

    aSecondMkPythonTakesWhatTheFirstHas =
      second.pkgs.flask.provider == "wheel" && second.pkgs.flask.drvPath == everything.pkgs.flask.drvPath;

    # The packages of the second are in the place of those of the first.
    aSecondMkPythonHasItsOwn =
      let
        older = resolved {
          inherit (everything) python;
          requirements = "click<8.2";
        };
      in
      older.pkgs.click.version != everything.pkgs.click.version
      && elem older.pkgs.click older.pkgs.flask.propagatedBuildInputs;

    overlaysOfAPackageComeAlong =
      speaking.pkgs.said == [
        "environment, before"
        "package, before"
        "package, after"
        "environment, after"
      ]
      && elem speaking.pkgs.voice speaking.pkgs.speaks.propagatedBuildInputs;

    throwingComesFromElsewhere = throwing.pkgs.idna.provider == "wheel";
    anotherVersionIsTheProject = otherVersions.pkgs.age.version == "1.0" && otherVersions.pkgs.age == otherVersions.pkgs.age_1_0;
  };

  # Of each overlay and override what it has said, in their order.
  order = pkgs.runCommand "mach-order" { } ''
    diff - ${speaking.pkgs.click}/said <<'END'
    package
    environment
    simplified by the package
    simplified by the environment
    END
    test "$(cat ${ordered.pkgs.click}/said)" = simplified
    test "$(cat ${speaking.pkgs.idna}/changed)" = changed
    touch "$out"
  '';
  brought = check "brought" speaking "import click, speaks, voice";

  # What is said of packages that another environment has not is of no account there.
  broughtForNothing =
    let
      silent = mach.buildPythonPackage (
        common
        // {
          src = ./packages/flit;
          requirements = "click\nmarkupsafe";
          _.MarkupSafe.postInstall = "echo changed >$out/changed";
        }
      );
      env = resolved {
        requirements = "click";
        packagesExtra = [ (silent // { requirements = "click"; }) ];
      };
    in
    check "brought-for-nothing" env "import click, speaks";

  # By hand, in every way that nixpkgs has.
  again =
    let
      python = everything.python.override (old: {
        self = python;
        packageOverrides = lib.composeExtensions old.packageOverrides (writes "again");
      });
      changed = python.pkgs.flask.overrideAttrs (old: {
        postInstall = old.postInstall or "" + "\necho twice >>$out/twice";
      });
    in
    pkgs.runCommand "mach-again" { } ''
      test "$(cat ${python.pkgs.click}/said)" = again
      test "$(cat ${changed}/twice)" = twice
      ${python.withPackages (_: [ changed ])}/bin/python -c 'import flask'
      touch "$out"
    '';

  # On an interpreter whose set has other packages where the hooks come from, and has packages of its own.
  twice = check "twice" (everything.override { inherit (hookTools) python; }) "import flask, numpy";
  ofTheFirst =
    check "of-the-first" (second.python.withPackages (set: [ set.flask set.numpy ]))
      "import flask, numpy";

  # Evaluated for its warning.
  inherit cycle;

  throwing = check "throwing" throwing "import idna";
  otherVersions = check "other-versions" otherVersions "import age";
}
