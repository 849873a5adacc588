# How the packages of wheels.nix are made: files of wheels and sdists, and environments of them.
{ pkgs }:
let
  scope = import ../../lib;
  inherit (pkgs) lib;
  python = pkgs.python3;

  fileOf =
    {
      name,
      tag ? "py3-none-any",
      ...
    }:
    "${name}-1.0-${tag}.whl";

  # The file of a wheel of what `script` makes. RECORD is as the standard has it, unless the script makes one.
  wheelOf =
    args@{
      name,
      tag ? "py3-none-any",
      script,
      ...
    }:
    pkgs.runCommandCC (fileOf args)
      {
        nativeBuildInputs = [
          python
          pkgs.patchelf
        ];
      }
      ''
        info=${name}-1.0.dist-info
        mkdir "$info"
        ${script}
        printf 'Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n' >"$info/METADATA"
        printf 'Wheel-Version: 1.0\nRoot-Is-Purelib: ${if tag == "py3-none-any" then "true" else "false"}\nTag: ${tag}\n' >"$info/WHEEL"
        if [ ! -e "$info/RECORD" ]; then
          find * -type f | sed 's/$/,,/' >RECORD
          echo "$info/RECORD,," >>RECORD
          mv RECORD "$info"
        fi
        python -m zipfile -c "$out" *
      '';

  # An entry of a lock, and its file, as `packages` has them.
  wheel = args: {
    inherit (args) name;
    file = wheelOf args;
    entry = {
      inherit (args) name;
      version = "1.0";
      wheels = [ { name = fileOf args; } ];
      tool.mach.provider = "wheel";
      dependencies = map (name: { inherit name; }) (args.dependencies or [ ]);
    };
  };
  sdist = args: {
    inherit (args) name;
    file = sdistOf args;
    entry = {
      inherit (args) name;
      version = "1.0";
      sdist.name = "${args.name}-1.0.tar.gz";
      tool.mach.provider = "sdist";
      dependencies = [ ];
    };
  };

  # A source with its own backend, which packs NAME/ and writes what it saw of its build to NAME/built.txt.
  sdistOf =
    {
      name,
      script,
      ...
    }:
    pkgs.runCommand "${name}-1.0.tar.gz"
      {
        backend = ''
          import os, shutil, subprocess, zipfile

          def build_wheel(directory, config_settings=None, metadata_directory=None):
              with open("${name}/built.txt", "a") as file:
                  print(os.environ.get("FLAG"), bool(shutil.which("needed-tool")), os.environ.get("needed"), file=file)
              file = "${name}-1.0-py3-none-any.whl"
              names = []
              with zipfile.ZipFile(os.path.join(directory, file), "w") as wheel:
                  for below, _, files in os.walk("${name}"):
                      for name in files:
                          names.append(os.path.join(below, name))
                          wheel.write(names[-1])
                  info = "${name}-1.0.dist-info"
                  wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n")
                  wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                  names += [f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD")]
                  wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in names))
              return file
        '';
        passAsFile = [ "backend" ];
      }
      ''
        mkdir -p ${name}-1.0/${name}
        cd ${name}-1.0
        cp "$backendPath" backend.py
        printf '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n' >pyproject.toml
        touch ${name}/__init__.py
        ${script}
        cd ..
        tar czf "$out" ${name}-1.0
      '';

  # The interpreter with these packages, by mach's own overlay of a lock, and an environment of them all.
  interpreter =
    {
      packages,
      tests ? false,
      _ ? { },
      overridesPost ? [ ],
      ...
    }:
    let
      named = lib.listToAttrs (map (one: lib.nameValuePair one.name one) packages);
      attrs = lib.mapAttrs (name: _: name) named;
      overlay =
        self: _super:
        let
          phase = scope.testPhase {
            inherit pkgs;
            set = self;
          };
          test = scope.tested {
            inherit tests;
            entries = map (one: one.entry) packages;
          };
        in
        lib.mapAttrs (
          name: one:
          scope.provide {
            inherit pkgs;
            inherit (one) entry;
            base = python.pkgs;
            set = python.pkgs;
            fetch = _: one.file;
            build = [ ];
            dependencies = map (dependency: self.${dependency.name}) one.entry.dependencies;
            testing = {
              inherit (test name) isTested;
              check = phase {
                inherit name;
                inherit (test name) mustHave;
              };
            };
          }
        ) named;
    in
    scope.extendPython {
      inherit pkgs python;
      overlay = lib.composeManyExtensions (
        [ overlay ]
        ++ overridesPost
        ++ [
          (scope.simpleOverrides {
            inherit attrs;
            overrides = _;
          })
        ]
      );
    };
  environmentOf =
    args:
    let
      python = interpreter args;
    in
    scope.environmentFor {
      inherit pkgs python;
      packages = map (one: python.pkgs.${one.name}) args.packages;
      ignoreCollisions = args.ignoreCollisions or false;
      postBuild = args.postBuild or "";
    };
  packageOf = args: (interpreter (args // { packages = [ args.package ]; })).pkgs.${args.package.name};

  compile = code: options: "echo '${code}' | cc -shared -fPIC -x c - -x none ${options}";
in
{
  inherit
    compile
    environmentOf
    interpreter
    packageOf
    sdist
    wheel
    ;
}
