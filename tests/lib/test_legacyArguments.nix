{ scope, fake }:
let
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
    };
    expected.lock = ./lock.toml;
  };
  moreRequirements = {
    expr =
      (translate {
        requirements = "flask";
        requirementsExtra = "numpy";
      }).requirements;
    expected = "flask\nnumpy";
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
}
