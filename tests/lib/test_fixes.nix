{ scope, fake }:
let
  pkgs = fake.pkgs // {
    file = fake.drv { name = "file-5.46"; };
    libxml2 = fake.drv { name = "libxml2-2.14"; } // {
      dev = fake.drv { name = "libxml2-2.14-dev"; };
    };
    renamed = throw "renamed has been renamed to file";
    gone = null;
    extension = ".so";
  };
  fix =
    changes: titles:
    scope.fixes
      (
        {
          inherit pkgs;
          python = pkgs.python3;
          directories = [ ./fixes ];
        }
        // changes
      )
      {
        name = "foo";
        tool.mach.fixes = titles;
      };
  names = map (input: input.name);
  contains = part: text: builtins.length (builtins.split part text) > 1;
  all = fix { } [ "fixes/all" ];
in
{
  noFixes = {
    expr = fix { } [ ];
    expected = { };
  };
  attributes = {
    expr = [
      (names all.nativeBuildInputs)
      (names all.buildInputs)
      all.dlopen
    ];
    expected = [
      [ "libxml2-2.14-dev" ]
      [
        "libxml2-2.14"
        "file-5.46"
      ]
      [ "/store/file-5.46/lib" ]
    ];
  };
  # What nixpkgs has renamed throws, what it has dropped is null: the next alternative is taken.
  textsReferToTheStore = {
    expr = all.env;
    expected = {
      FOO_INCLUDE = "-I/store/libxml2-2.14-dev/include user@host";
      FOO_LIBRARY = "/store/file-5.46/lib/libmagic.so";
    };
  };
  flagsAndPatches = {
    expr = [
      all.flags
      (map baseNameOf all.patches)
    ];
    expected = [
      [ "-Csetup-args=-Dx=true" ]
      [ "foo.patch" ]
    ];
  };
  theSourceIsChanged = {
    expr = [
      (contains "machSubstitute[^\n]*the fix \"all\" of foo[^\n]*fixes/foo.toml[^\n]*setup.py[^\n]*/usr/include" all.postPatch)
      (contains "/store/libxml2-2.14-dev/include" all.postPatch)
    ];
    expected = [
      true
      true
    ];
  };
  theInstalledPackageIsChanged = {
    expr = map (part: contains part all.preFixup) [
      "lib/python3.12/site-packages/foo/loader.py"
      "machRemove[^\n]*fixes/foo.toml[^\n]*/bin/foo"
      "machSubstitute[^\n]*fixes/foo.toml[^\n]*/share/foo"
    ];
    expected = [
      true
      true
      true
    ];
  };
  severalAreJoined = {
    expr =
      let
        made = fix { } [
          "fixes/all"
          "fixes/more"
        ];
      in
      [
        (names made.buildInputs)
        made.env.FOO_LIBRARY
      ];
    expected = [
      [
        "libxml2-2.14"
        "file-5.46"
        "libxml2-2.14"
      ]
      "none"
    ];
  };
  # What a release requires is in the lock: nothing is left to do.
  requirementsAreTheLocksMatter = {
    expr = fix { } [ "fixes/requires" ];
    expected = {
      nativeBuildInputs = [ ];
      buildInputs = [ ];
      env = { };
      flags = [ ];
      patches = [ ];
      postPatch = "";
      dlopen = [ ];
      preFixup = "";
    };
  };
  ofAnotherSystem = {
    expr = (fix { } [ "fixes/on-darwin" ]).buildInputs;
    expected = [ ];
  };
  ofThatSystem = {
    expr = names (fix { pkgs = pkgs // { inherit (fake.pkgsFor "aarch64-darwin") stdenv; }; } [
      "fixes/on-darwin"
    ]).buildInputs;
    expected = [ "file-5.46" ];
  };
  # A copy of a directory in the store has a hash before its name.
  copiesKeepTheirNames = {
    expr =
      names
        (fix {
          directories = [
            (builtins.path {
              path = ./fixes;
              name = "fixes";
            })
          ];
        } [ "fixes/more" ]).buildInputs;
    expected = [ "libxml2-2.14" ];
  };
  # Nix reads all of mach's own as the program does.
  all = {
    expr =
      let
        directory = ../../overrides/fixes;
        fixesOf = file: (builtins.fromTOML (builtins.readFile (directory + "/${file}"))).fix;
      in
      builtins.all (file: builtins.all (fix: fix ? why && fix ? source) (fixesOf file)) (
        builtins.filter (file: builtins.match ".*\\.toml" file != null) (
          builtins.attrNames (builtins.readDir directory)
        )
      );
    expected = true;
  };
  # Attributes are looked up only where they are used.
  own = {
    expr =
      (scope.fixes
        {
          inherit pkgs;
          python = pkgs.python3;
          directories = [ ];
        }
        {
          name = "python-magic";
          tool.mach.fixes = [ "libmagic" ];
        }
      ).buildInputs;
    expected = [ ];
  };
}
