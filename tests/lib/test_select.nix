{ scope, fake }:
let
  select =
    changes:
    scope.select (
      {
        lock = scope.readLock {
          text = builtins.readFile ./systems.toml;
          where = "systems.toml";
          relock = "mach lock";
        };
        where = "systems.toml";
        system = "x86_64-linux";
        extras = [ ];
        groups = null;
        relock = _: "mach lock";
      }
      // changes
    );
  names = changes: map (entry: "${entry.name} ${entry.version}") (select changes).packages;
  stops = changes: fake.stops (select changes).packages;
in
{
  aSystem = {
    expr = names { };
    expected = [
      "beside 1.0"
      "native 1.0"
      "numpy 2.3.0"
      "pyyaml 6.0.2"
      "tox 4.0.0"
    ];
  };
  anotherSystem = {
    expr = names { system = "aarch64-darwin"; };
    expected = [
      "appnope 0.1.4"
      "beside 1.0"
      "native 2.0"
      "numpy 2.3.0"
      "pyyaml 6.0.2"
      "tox 4.0.0"
    ];
  };
  # One package may be of an extra and of a group; the default groups are not there if others are asked for.
  extrasAndGroups = {
    expr = map names [
      {
        extras = [ "Docs" ];
        groups = [ ];
      }
      { groups = [ "test" ]; }
    ];
    expected = [
      [
        "beside 1.0"
        "native 1.0"
        "numpy 2.3.0"
        "pytest 9.0.0"
        "pyyaml 6.0.2"
        "sphinx 9.0.0"
      ]
      [
        "beside 1.0"
        "native 1.0"
        "numpy 2.3.0"
        "pytest 9.0.0"
        "pyyaml 6.0.2"
      ]
    ];
  };
  unknownOnes = {
    expr = [
      (stops { extras = [ "tests" ]; })
      (stops { groups = [ "docs" ]; })
    ];
    expected = [
      true
      true
    ];
  };
  buildPackages = {
    expr = map (entry: "${entry.id} ${builtins.concatStringsSep " " (entry.systems or [ "all" ])}") (select
      { }
    ).tool.mach.build;
    expected = [
      "backend==1 x86_64-linux"
      "tool==2 all"
    ];
  };
}
