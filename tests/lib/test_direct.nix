{ scope, fake }:
let
  set = fake.pkgs.python3.pkgs;
  of =
    entry:
    scope.direct {
      inherit (fake) pkgs;
      base = set;
      fetch = args: fake.drv { name = if args ? file then args.file.name else "source of ${args.entry.name}"; };
      build = [ ];
      dependencies = [ ];
      testing = {
        isTested = false;
        check = _: { };
      };
      entry = {
        name = "foo";
        tool.mach.provider = "direct";
      }
      // entry;
    };
  repository = of {
    vcs = {
      commit-id = "0123456789012345678901234567890123456789";
      subdirectory = "py";
    };
  };
in
{
  aRepositoryIsBuilt = {
    expr = [
      repository.version
      repository.src.src.name
      repository.provider
      repository.src.setSourceRoot
      repository.src.SETUPTOOLS_SCM_PRETEND_VERSION
    ];
    expected = [
      "0"
      "source of foo"
      "direct"
      "sourceRoot=$(echo */py)"
      "0+g0123456"
    ];
  };
  itsVersionIfItIsKnown = {
    expr =
      (of {
        version = "1.5";
        directory.path = "./foo";
      }).src.SETUPTOOLS_SCM_PRETEND_VERSION;
    expected = "1.5";
  };
  aTagIsBuiltToo = {
    expr =
      let
        made = of {
          version = "1.5";
          vcs.commit-id = "0123456789012345678901234567890123456789";
          tool.mach.provider = "tag";
        };
      in
      [
        made.provider
        made.src.SETUPTOOLS_SCM_PRETEND_VERSION
      ];
    expected = [
      "tag"
      "1.5"
    ];
  };
  aWheelIsInstalled = {
    expr =
      let
        made = of {
          version = "1.0";
          archive.url = "https://index.example/foo-1.0-py3-none-any.whl";
        };
      in
      [
        made.src.name
        made.provider
      ];
    expected = [
      "foo-1.0-py3-none-any.whl"
      "direct"
    ];
  };
}
