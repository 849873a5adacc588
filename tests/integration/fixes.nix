# Environments of packages that are of no use without the fixes in fixes/: an sdist that its backend does not build, and
# a wheel whose code does not find its library. Without them both fail, or are not what they are to be.
{ pkgs }:
let
  scope = import ../../lib;
  python = pkgs.python3;
  base = python.pkgs;
  inherit (pkgs.stdenv.hostPlatform) system;

  # A library and a program that are only in the store.
  needed = {
    needed-library = pkgs.runCommandCC "needed-library" { } ''
      mkdir -p "$out/lib"
      echo 'int needed(void) { return 42; }' > needed.c
      cc -shared -fPIC -Wl,-soname,libneeded.so -o "$out/lib/libneeded.so" needed.c
    '';
    needed-tool = pkgs.writeShellScriptBin "needed-tool" "echo needed";
  };

  backend = ''
    import os, shutil, subprocess, zipfile

    def build_wheel(directory, config_settings=None, metadata_directory=None):
        assert shutil.which("needed-tool"), "needed-tool is missing"
        library = os.environ.get("NEEDED_LIBRARY")
        assert library and os.path.exists(library), "NEEDED_LIBRARY is missing"
        assert config_settings == {"mode": "fixed"}, "the flag is missing"
        assert open("built.txt").read() == library + "\n", "built.txt is not changed"
        name = "built-1.0-py3-none-any.whl"
        with zipfile.ZipFile(os.path.join(directory, name), "w") as wheel:
            wheel.write("built.py")
            wheel.writestr("built-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: built\nVersion: 1.0\n")
            wheel.writestr("built-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr("built-1.0.dist-info/RECORD", "built.py,,\nbuilt-1.0.dist-info/METADATA,,\nbuilt-1.0.dist-info/WHEEL,,\nbuilt-1.0.dist-info/RECORD,,\n")
        return name
  '';

  sdist =
    pkgs.runCommand "built-1.0.tar.gz"
      {
        inherit backend;
        passAsFile = [ "backend" ];
      }
      ''
        mkdir built-1.0
        cd built-1.0
        cp "$backendPath" backend.py
        printf "PATCHED = False\nWHERE = 'installed'\n" > built.py
        echo /usr/lib/libneeded.so > built.txt
        printf '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n' > pyproject.toml
        cd ..
        tar czf "$out" built-1.0
      '';

  wheelName = "shipped-1.0-py3-none-linux_${pkgs.stdenv.hostPlatform.parsed.cpu.name}.whl";
  wheel = pkgs.runCommandCC wheelName 
    {
      nativeBuildInputs = [
        python
        pkgs.patchelf
      ];
    }
    ''
    mkdir -p shipped/unwanted shipped-1.0.dist-info shipped-1.0.data/scripts
    touch shipped/__init__.py shipped/unwanted/__init__.py
    printf "from ctypes.util import find_library\nPLACE = find_library('needed')\n" > shipped/loader.py
    printf '#!python\n' > shipped-1.0.data/scripts/unwanted
    echo 'int needed(void); int linked(void) { return needed(); }' > linked.c
    cc -shared -fPIC linked.c -o shipped/linked.so -L${needed.needed-library}/lib -lneeded
    patchelf --remove-rpath shipped/linked.so
    echo '#include <dlfcn.h>
    int opened(void) { void *library = dlopen("libneeded.so", RTLD_NOW); return library ? ((int (*)(void)) dlsym(library, "needed"))() : 0; }' > opened.c
    cc -shared -fPIC opened.c -o shipped/opened.so
    printf 'Metadata-Version: 2.1\nName: shipped\nVersion: 1.0\n' > shipped-1.0.dist-info/METADATA
    printf 'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-linux_${pkgs.stdenv.hostPlatform.parsed.cpu.name}\n' > shipped-1.0.dist-info/WHEEL
    find shipped shipped-1.0.data shipped-1.0.dist-info -type f | sed 's/$/,,/' > RECORD
    mv RECORD shipped-1.0.dist-info
    echo 'shipped-1.0.dist-info/RECORD,,' >> shipped-1.0.dist-info/RECORD
    python -m zipfile -c "$out" shipped shipped-1.0.data shipped-1.0.dist-info
  '';

  package =
    fixes: entry: file:
    scope.provide {
      inherit pkgs base;
      set = base;
      fetch = _: file;
      fix = scope.fixes {
        pkgs = pkgs // needed;
        inherit python;
        directories = [ ./fixes ];
      };
      entry = entry // {
        version = "1.0";
        tool.mach = entry.tool.mach // {
          inherit fixes;
        };
      };
      build = [ ];
      dependencies = [ ];
    };
  built =
    fixes:
    package fixes {
      name = "built";
      sdist.name = "built-1.0.tar.gz";
      tool.mach.provider = "sdist";
    } sdist;
  shipped =
    fixes:
    package fixes {
      name = "shipped";
      wheels = [ { name = wheelName; } ];
      tool.mach.provider = "wheel";
    } wheel;
in
{
  environment = python.withPackages (_: [
    (built [ "fixes/needed" ])
    (shipped [ "fixes/needed" ])
  ]);
  sdistWithout = built [ ];
  wheelWithout = python.withPackages (_: [ (shipped [ ]) ]);
  stale = built [ "fixes/stale" ];
}
