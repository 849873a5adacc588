{ scope, fake }:
let
  inherit (builtins)
    attrNames
    concatMap
    filter
    mapAttrs
    ;

  # What becomes of an argument: "taken" as it is, taken with a warning, or refused with a message.
  pkgsThat =
    warn:
    fake.pkgs
    // {
      lib = fake.pkgs.lib // {
        inherit warn;
      };
    };
  fate =
    call: args:
    let
      stops = warn: fake.stops (call ({ pkgs = pkgsThat warn; } // args));
    in
    if stops (_: value: value) then
      "refused"
    else if stops (message: _: throw message) then
      "warned"
    else
      "taken";

  # The functions that take mkPython's arguments, as far as a package of the lock.
  environments = {
    mkPython = args: (scope.mkPython args).pkgs.a.name;
    mkPythonShell = args: (scope.mkPythonShell args).env.pkgs.a.name;
    mkDockerImage = args: (builtins.head (scope.mkDockerImage args).contents).pkgs.a.name;
    mkPythonOverrides =
      args: (args.pkgs.python3.override { packageOverrides = scope.mkPythonOverrides args; }).pkgs.a.name;
    mkNixpkgs = args: (scope.mkNixpkgs args).python312.pkgs.a.name;
    mkOverlay = args: (args.pkgs.extend (scope.mkOverlay args)).python312.pkgs.a.name;
  };
  # Those of an overlay look at the interpreter of this name.
  needed = function: if function == "mkNixpkgs" || function == "mkOverlay" then { python = "python312"; } else { };
  locked.lock = ./lock.toml;

  # Those of mach-nix's arguments that its mkPython, and what is like it, have in any version, and what becomes of them.
  rows = {
    add_requirements = {
      value = "a\nopencv-python";
      fate = "warned";
    };
    cudaVersion = {
      value = "11.2";
      fate = "warned";
    };
    disable_checks = {
      value = true;
      fate = "warned";
    };
    extra_pkgs = {
      value = [ fake.pkgs.unzip ];
      fate = "warned";
    };
    ignoreCollisions = {
      value = true;
      fate = "taken";
    };
    ignoreDataOutdated = {
      value = true;
      fate = "warned";
    };
    nixpkgs_commit = {
      value = "0123";
      fate = "warned";
    };
    nixpkgs_tarball_sha256 = {
      value = "0123";
      fate = "warned";
    };
    overridesPost = {
      value = [ (_: _: { }) ];
      fate = "taken";
    };
    overridesPre = {
      value = [ (_: _: { }) ];
      fate = "taken";
    };
    overrides_post = {
      value = [ (_: _: { }) ];
      fate = "warned";
    };
    overrides_pre = {
      value = [ (_: _: { }) ];
      fate = "warned";
    };
    packagesExtra = {
      value = [ fake.pkgs.unzip ];
      fate = "taken";
    };
    pkgsExtra = {
      value = [ fake.pkgs.unzip ];
      fate = "warned";
    };
    postBuild = {
      value = "true";
      fate = "taken";
    };
    prefer_nixpkgs = {
      value = true;
      fate = "warned";
    };
    providers = {
      value = {
        _default = "nixpkgs, wheel ,sdist";
        PyYAML = [
          "sdist"
          "nixpkgs"
        ];
        opencv_python = "wheel, sdist";
      };
      fate = "taken";
    };
    pypi_deps_db_commit = {
      value = "0123";
      fate = "warned";
    };
    pypi_deps_db_sha256 = {
      value = "0123";
      fate = "warned";
    };
    python = {
      value = "python312";
      fate = "taken";
    };
    python_attr = {
      value = "python312";
      fate = "warned";
    };
    requirements = {
      value = "a\nopencv-python";
      fate = "taken";
    };
    requirementsExtra = {
      value = "a\nopencv-python";
      fate = "warned";
    };
    tests = {
      value = true;
      fate = "taken";
    };
    _ = {
      value.b.postInstall = "true";
      fate = "taken";
    };
    _fixes = {
      value = { };
      fate = "warned";
    };
    _providerDefaults = {
      value._default = "wheel, sdist,nixpkgs";
      fate = "warned";
    };
    _provider_defaults = {
      value = { };
      fate = "warned";
    };
  };

  # Those of importing it.
  importRows = {
    condaChannelsExtra = { };
    condaDataRev = "0123";
    condaDataSha256 = "0123";
    dataOutdated = true;
    pypiData = ./project;
    pypiDataRev = "0123";
    pypiDataSha256 = "0123";
  };

  # Without the warnings.
  translate =
    args:
    removeAttrs (scope.legacyArguments (
      args
      // {
        pkgs.lib.warn = _: value: value;
      }
    )) [ "pkgs" ];
in
{
  renamed = {
    expr = translate {
      requirements = "flask";
      disable_checks = true;
      extra_pkgs = [ "a" ];
      overrides_pre = [ "b" ];
      overrides_post = [ "c" ];
      _provider_defaults = {
        _default = "wheel";
        gdal = "nixpkgs";
      };
      providers.gdal = "sdist";
      python_attr = "python312";
    };
    expected = {
      requirements = "flask";
      tests = false;
      packagesExtra = [ "a" ];
      overridesPre = [ "b" ];
      overridesPost = [ "c" ];
      providers = {
        _default = "wheel";
        gdal = "sdist";
      };
      python = "python312";
    };
  };
  meaningless = {
    expr = translate {
      lock = ./lock.toml;
      pypiDataRev = "0123";
      pypiDataSha256 = "4567";
      ignoreDataOutdated = true;
      _fixes = { };
      _providerDefaults = { };
    };
    expected = {
      lock = ./lock.toml;
      providers = { };
    };
  };
  moreRequirements = {
    expr = map (requirements: (translate {
      inherit requirements;
      requirementsExtra = "numpy";
    }).requirements) [
      "flask"
      [ "flask" ]
      null
    ];
    expected = [
      "flask\nnumpy"
      [
        "flask"
        "numpy"
      ]
      "numpy"
    ];
  };
  newNamesWin = {
    expr =
      (translate {
        disable_checks = true;
        tests = [ "a" ];
      }).tests;
    expected = [ "a" ];
  };
  othersAreLeftAlone = {
    expr = translate { anything = 1; };
    expected.anything = 1;
  };
  warned = {
    expr = fake.stops (
      scope.legacyArguments {
        pkgs.lib.warn = message: _: throw message;
        pypiDataRev = "0123";
      }
    );
    expected = true;
  };
  # Each function does the same with it.
  rows = {
    expr = concatMap (
      name:
      concatMap (
        function:
        let
          # An old name of `python` is alone.
          args = locked // (if name == "python_attr" then { } else needed function) // { ${name} = rows.${name}.value; };
          is = fate environments.${function} args;
        in
        if is == rows.${name}.fate then [ ] else [ "${name} of ${function} is ${is}" ]
      ) (attrNames environments)
    ) (attrNames rows);
    expected = [ ];
  };
  ofTheImport = {
    expr = filter (
      name:
      fate (args: (scope.functionsFor (args // { ${name} = importRows.${name}; })).nixpkgs.python3.name) { }
      != "warned"
    ) (attrNames importRows);
    expected = [ ];
  };
  # No name is known that is not tried.
  allAreTried = {
    expr = filter (name: !(rows ? ${name} || importRows ? ${name})) (
      attrNames scope.legacyTable
    );
    expected = [ ];
  };
  # Of a package these mean something else, or nothing.
  ofPackages = {
    expr = mapAttrs (name: value: fate (args: (scope.buildPythonPackage args).name) ({ src = ./project; } // { ${name} = value; })) {
      add_requirements = "a>=1";
      disable_checks = true;
      extra_pkgs = [ ];
      extras = "docs";
      ignoreDataOutdated = true;
      name = "my-project-1.5";
      overrides_post = [ ];
      pkgsExtra = [ ];
      python = "python312";
      pypi_deps_db_commit = "0123";
      requirementsExtra = "";
      tests = true;
      _ = { };
      _fixes = { };
    };
    expected = {
      add_requirements = "warned";
      disable_checks = "warned";
      extra_pkgs = "refused";
      extras = "taken";
      ignoreDataOutdated = "warned";
      name = "taken";
      overrides_post = "warned";
      pkgsExtra = "refused";
      python = "taken";
      pypi_deps_db_commit = "warned";
      requirementsExtra = "taken";
      tests = "taken";
      _ = "taken";
      _fixes = "warned";
    };
  };
}
