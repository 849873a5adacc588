{ scope, fake }:
let
  inherit (fake) pkgs;
  facts = requirements: scope.facts { inherit pkgs requirements; };

  # The files of a script, by their names.
  filesOf =
    script:
    let
      parts = builtins.split "(^|\n)-- ([^\n]*) --\n" (builtins.readFile script);
      at = builtins.elemAt parts;
    in
    builtins.listToAttrs (
      builtins.genList (i: {
        name = builtins.elemAt (at (2 * i + 1)) 1;
        value = "${at (2 * i + 2)}\n";
      }) (builtins.length parts / 2)
    );
  locked =
    system:
    scope.select {
      lock = scope.readLock {
        text = (filesOf ../script/lock_facts.txtar)."want.toml";
        where = "want.toml";
        relock = "";
      };
      where = "want.toml";
      inherit system;
      extras = [ ];
      groups = null;
      relock = _: "";
    };
in
{
  # jinja2 propagates a module that is no attribute of the set, whose own dependency stands for it.
  closure = {
    expr = facts "Jinja2>=3\nnot-in-nixpkgs";
    expected = {
      version = 1;
      python = "3.12";
      system = "x86_64-linux";
      nixpkgs = "unknown";
      packages = [
        {
          name = "jinja2";
          attr = "jinja2";
          version = "3.1.5";
          dependencies = [
            "markupsafe"
            "pyyaml"
          ];
        }
        {
          name = "markupsafe";
          attr = "markupsafe";
          version = "3.0.2";
          dependencies = [ ];
        }
        {
          name = "pyyaml";
          attr = "pyyaml";
          version = "6.0.2";
          dependencies = [ ];
        }
      ];
      unusable = [ ];
    };
  };
  unusable = {
    expr = (facts "gone\nbroken\nthrowing\nunfree").unusable;
    expected = [
      {
        name = "broken";
        attr = "broken";
        reason = "is marked broken";
      }
      {
        name = "gone";
        attr = "gone";
        reason = "is null for this Python";
      }
      {
        name = "throwing";
        attr = "throwing";
        reason = "does not evaluate for this Python";
      }
      {
        name = "unfree";
        attr = "unfree";
        reason = "is not allowed (unfree or insecure)";
      }
    ];
  };
  aProjectThatNixpkgsCallsOtherwise = {
    expr = map (package: package.attr) (facts "opencv-python").packages;
    expected = [ "opencv4" ];
  };
  # What nixpkgs' own packages use comes first, and its other name is left out.
  aProjectOfSeveralAttributes = {
    expr = map (package: "${package.attr} ${package.version}") (facts "django").packages;
    expected = [
      "django 5.2.1"
      "django_4 4.2.20"
    ];
  };
  providersNameProjectsToo = {
    expr = map (package: package.name) (scope.facts {
      inherit pkgs;
      providers = {
        _default = "wheel";
        PyYAML = "nixpkgs";
      };
    }).packages;
    expected = [ "pyyaml" ];
  };
  # As mkPython takes them.
  requirementsAsAFile = {
    expr = facts ./requirements/templates.txt;
    expected = facts "jinja2\nmarkupsafe";
  };
  withoutRequirements = {
    expr = (scope.facts { inherit pkgs; }).packages;
    expected = [ ];
  };
  requirementsAsAList = {
    expr = facts [
      "jinja2"
      "markupsafe"
    ];
    expected = facts "jinja2\nmarkupsafe";
  };
  machineryIsNoProject = {
    expr = (facts "pkgs\nlib").packages;
    expected = [ ];
  };
  # Only what is reached is evaluated: `throwing` is in the set too.
  lazy = {
    expr = (facts "markupsafe").unusable;
    expected = [ ];
  };
  # An overlay before mach's may bring packages that nixpkgs does not have.
  overlaysBefore = {
    expr =
      map (package: package.name)
        (scope.facts {
          inherit pkgs;
          requirements = "mine";
          overridesPre = [
            (_: _: {
              mine = fake.drv {
                pname = "mine";
                version = "1";
              };
            })
          ];
        }).packages;
    expected = [ "mine" ];
  };
  ofAnotherSystem = {
    expr = (scope.facts { pkgs = fake.pkgsFor "aarch64-darwin"; }).system;
    expected = "aarch64-darwin";
  };
  unknownArguments = {
    expr = fake.stops (scope.facts {
      inherit pkgs;
      requirement = "pyyaml";
    });
    expected = true;
  };
  # The lock that mach makes of the facts of two systems: at each of them, what nixpkgs has there.
  aLockOfTwoSystems = {
    expr = map (
      system:
      map (
        entry: "${entry.name} ${entry.version} ${entry.tool.mach.attr or entry.tool.mach.provider}"
      ) (locked system).packages
    ) [ "x86_64-linux" "aarch64-darwin" ];
    expected = [
      [
        "app 1.0 wheel"
        "native 1.5 native_"
        "other 1.0 other"
      ]
      [
        "app 1.0 wheel"
        "native 1.6 native"
        "other 1.0 other_1"
      ]
    ];
  };
}
