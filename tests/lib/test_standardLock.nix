{ scope, fake }:
let
  read =
    changes: packages:
    scope.standardLock (
      {
        text = ''
          lock-version = "1.0"
          created-by = "other"
          requires-python = ">=3.9"
          extras = ["docs"]
          dependency-groups = ["dev"]
          default-groups = ["dev"]
          ${packages}
        '';
        inherit (fake) pkgs;
        python = fake.pkgs.python3;
        providers = { };
        fixes = [ ];
        extras = [ ];
        groups = null;
      }
      // changes
    );
  wheel =
    name: tag:
    ''{ url = "https://files.index.example/a%2Fb/${name}-1.0-${tag}.whl", upload-time = 2026-01-31T12:00:00Z, size = 1, hashes = { sha256 = "00" } }'';
  package = name: more: ''
    [[packages]]
    name = "${name}"
    version = "1.0"
    ${more}
  '';
  pure = name: more: package name "wheels = [${wheel name "py3-none-any"}]\n${more}";
  namesOf = lock: map (entry: entry.name) lock.packages;
  files = lock: map (entry: (builtins.head entry.wheels).name) lock.packages;
in
{
  asALockOfMach = {
    expr = read { } (pure "flask" "dependencies = [{ name = \"click\", version = \"1\" }, { name = \"Click\", version = \"2\" }, { name = \"gone\" }]" + pure "click" "");
    expected = {
      lock-version = "1.0";
      extras = [ "docs" ];
      dependency-groups = [ "dev" ];
      default-groups = [ "dev" ];
      packages = [
        {
          name = "flask";
          version = "1.0";
          wheels = [
            {
              name = "flask-1.0-py3-none-any.whl";
              url = "https://files.index.example/a%2Fb/flask-1.0-py3-none-any.whl";
              hashes.sha256 = "00";
            }
          ];
          dependencies = [ { name = "click"; } ];
          tool.mach.provider = "wheel";
        }
        {
          name = "click";
          version = "1.0";
          wheels = [
            {
              name = "click-1.0-py3-none-any.whl";
              url = "https://files.index.example/a%2Fb/click-1.0-py3-none-any.whl";
              hashes.sha256 = "00";
            }
          ];
          dependencies = [ ];
          tool.mach.provider = "wheel";
        }
      ];
      tool.mach = {
        version = 1;
        requirements = [
          "flask==1.0"
          "click==1.0"
        ];
        python = "3.12";
        systems = [ "x86_64-linux" ];
        build = [ ];
      };
    };
  };
  # Two dates in a line, with a numeric zone and fractions; and what looks like one in a text.
  dates = {
    expr = map (entry: (builtins.head entry.wheels).url) (read { } (
      package "a" ''
        wheels = [{ url = "https://files.index.example/a, upload-time = 2026-01-01T00:00:00Z/a-1.0-py3-none-any.whl", upload-time = 2026-01-31 12:00:00.5+01:00, hashes = { sha256 = "00" } }, { url = "https://files.index.example/a-1.0-cp312-cp312-win_amd64.whl", upload-time=2026-01-31T12:00:00Z, hashes = { sha256 = "00" } }]
      ''
    )).packages;
    expected = [ "https://files.index.example/a, upload-time = 2026-01-01T00:00:00Z/a-1.0-py3-none-any.whl" ];
  };
  theBestWheel = {
    expr = files (
      read { } (
        package "a" "wheels = [${wheel "a" "py3-none-any"}, ${wheel "a" "cp312-cp312-manylinux_2_17_x86_64"}, ${wheel "a" "cp311-cp311-manylinux_2_17_x86_64"}]"
      )
    );
    expected = [ "a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl" ];
  };
  whatCounts =
    let
      packages =
        pure "a" "marker = \"python_version >= '3.12'\""
        + pure "b" "marker = \"sys_platform == 'win32'\""
        + pure "c" "marker = \"'docs' in extras\""
        + pure "d" "marker = \"'dev' in dependency_groups\""
        + pure "e" "marker = \"'lint' in dependency_groups\"";
    in
    {
      expr = map namesOf [
        (read { } packages)
        (read {
          extras = [ "Docs" ];
          groups = [ "lint" ];
        } packages)
      ];
      expected = [
        [
          "a"
          "d"
        ]
        [
          "a"
          "c"
          "d"
          "e"
        ]
      ];
    };
  # nixpkgs comes first for setuptools, which this one has not.
  providers = {
    expr = map namesOf [
      (read { } (pure "setuptools" ""))
      (read { providers.a = "wheel,nixpkgs"; } (pure "a" ""))
    ];
    expected = [
      [ "setuptools" ]
      [ "a" ]
    ];
  };
  whatTakesTheProgram = {
    expr = map (lock: lock == null) [
      (read { providers.a = "sdist"; } (pure "a" ""))
      (read { providers._default = "nixpkgs,wheel"; } (pure "a" ""))
      (read { } (package "a" ""))
      (read { } (package "a" "wheels = [${wheel "a" "cp312-cp312-win_amd64"}]"))
      (read { } (package "a" "wheels = [${wheel "a" "py3-none-any"}, ${wheel "b" "py3-none-any"}]"))
      (read { } (package "a" "wheels = [{ name = \"a-1.0-py3-none-any.whl\", path = \"a\", hashes = { sha256 = \"00\" } }]"))
      (read { } (package "a" "wheels = [{ url = \"https://files.index.example/a-1.0-py3-none-any.whl\", hashes = { md5 = \"00\" } }]"))
      (read { } (pure "a" "vcs = { type = \"git\" }"))
      (read { } (pure "a" "marker = \"sys_platform > 'm'\""))
      (read { } (pure "a" "requires-python = \">=3.13\""))
      (read { } (pure "a" "" + pure "A" ""))
      (read { } (pure "a" "dependencies = [{ name = \"b\" }]" + pure "b" "dependencies = [{ name = \"a\" }]"))
      (read { } (pure "pyodbc" ""))
      (read { } (pure "a" "note = '''x'''"))
      (read { text = "lock-version = \"2.0\"\n"; } "")
      (read { text = "lock-version = \"1.0\"\nrequires-python = \"<3.12\"\npackages = []\n"; } "")
      (read { text = "lock-version = \"1.0\"\nenvironments = [\"os_name == 'nt'\"]\npackages = []\n"; } "")
    ];
    expected = builtins.genList (_: true) 17;
  };
  withFixesOfOnesOwn = {
    expr = map (name: read { fixes = [ ./fixes ]; } (pure name "") == null) [
      "foo"
      "bar"
    ];
    expected = [
      true
      false
    ];
  };
}
