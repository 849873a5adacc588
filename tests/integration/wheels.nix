# Wheels and sdists that are made here, each with something that a real one has: what they become, alone and together.
# `others` are package sets for other targets, of which nothing is built.
{
  pkgs,
  check,
  others,
}:
let
  inherit (import ./making.nix { inherit pkgs; })
    compile
    environmentOf
    interpreter
    packageOf
    sdist
    wheel
    ;
  python = pkgs.python3;
  cpu = pkgs.stdenv.hostPlatform.parsed.cpu.name;
  site = python.sitePackages;

  # Libraries below nvidia/, as the wheels of CUDA have them, each with the same nvidia/__init__.py.
  nvidia =
    name:
    wheel {
      name = "nvidia_${name}_cu12";
      tag = "py3-none-manylinux_2_17_${cpu}.manylinux2014_${cpu}";
      script = ''
        mkdir -p nvidia/${name}/lib
        touch nvidia/__init__.py nvidia/${name}/__init__.py
        ${compile "int ${name}(void) { return 42; }" "-Wl,-soname,lib${name}.so.12 -o nvidia/${name}/lib/lib${name}.so.12"}
      '';
    };
  cudaUser = wheel {
    name = "cuda_user";
    tag = "py3-none-manylinux_2_28_${cpu}";
    dependencies = [
      "nvidia_blas_cu12"
      "nvidia_fft_cu12"
    ];
    script = ''
      mkdir cuda_user stubs
      touch cuda_user/__init__.py
      for name in blas.so.12 fft.so.12 cuda.so.1 nvidia-ml.so.1; do
        ${compile "int stub(void) { return 0; }" ''-Wl,-soname,"lib$name" -o "stubs/lib$name"''}
      done
      ${compile "int blas(void); int fft(void); int both(void) { return blas() + fft(); }" "-Wl,--no-as-needed -o cuda_user/_both.so stubs/libblas.so.12 stubs/libfft.so.12"}
      ${compile "int driver(void) { return 1; }" "-Wl,--no-as-needed -o cuda_user/_driver.so stubs/libcuda.so.1 stubs/libnvidia-ml.so.1"}
      rm -r stubs
    '';
  };
  lacking = wheel {
    name = "lacking";
    tag = "py3-none-manylinux2010_${cpu}";
    script = ''
      mkdir lacking
      touch lacking/__init__.py
      ${compile "int stub(void) { return 0; }" "-Wl,-soname,libnowhere.so.3 -o libnowhere.so.3"}
      ${compile "int lacking(void) { return 1; }" "-Wl,--no-as-needed -o lacking/_plugin.so libnowhere.so.3"}
      rm libnowhere.so.3
    '';
  };

  # Everything that a wheel may have beside modules.
  furnished = wheel {
    name = "furnished";
    script = ''
      data=furnished-1.0.data
      mkdir -p furnished "$data"/data/share/furnished "$data"/data/etc "$data"/headers "$data"/scripts "$data"/purelib "$data"/platlib
      echo 'def main(): print("entry point")' >furnished/__init__.py
      echo data >"$data"/data/share/furnished/file.txt
      echo setting >"$data"/data/etc/furnished.conf
      echo '#define FURNISHED 1' >"$data"/headers/furnished.h
      printf '#!python\nimport furnished, sys\nprint("script", sys.argv[1])\n' >"$data"/scripts/furnished-script
      printf '#!/bin/sh\necho shell\n' >"$data"/scripts/furnished-shell
      echo 'WHERE = "purelib"' >"$data"/purelib/furnished_pure.py
      echo 'WHERE = "platlib"' >"$data"/platlib/furnished_plat.py
      mkdir furnished_below
      echo 'IS = True' >furnished_below/by_path_file.py
      printf 'furnished_below\nimport sys; sys.furnished = True\n' >furnished.pth
      printf '[console_scripts]\nfurnished = furnished:main\n[gui_scripts]\nfurnished-gui = furnished:main\n[furnished.plugins]\nown = furnished:main\n' >"$info/entry_points.txt"
    '';
  };

  # Parts of one namespace, without __init__.py (PEP 420), and with the same one (pkgutil).
  part =
    letter:
    wheel {
      name = "part_${letter}";
      script = ''
        mkdir -p native_ns/${letter} pkgutil_ns/${letter} part_${letter}
        echo 'NAME = "${letter}"' | tee native_ns/${letter}/__init__.py >pkgutil_ns/${letter}/__init__.py
        echo '__path__ = __import__("pkgutil").extend_path(__path__, __name__)' >pkgutil_ns/__init__.py
      '';
    };

  # A RECORD that is not as the standard has it.
  recorded =
    name: record:
    wheel {
      inherit name;
      script = ''
        echo 'IS = True' >${name}.py
        ${record}
      '';
    };
  records = [
    # Files that RECORD lacks.
    (recorded "incomplete" ''echo "$info/RECORD,," >"$info/RECORD"'')
    (recorded "empty" ''touch "$info/RECORD"'')
    # Lines of Windows.
    (recorded "windows" ''printf "windows.py,,\r\n$info/METADATA,,\r\n$info/WHEEL,,\r\n$info/RECORD,,\r\n" >"$info/RECORD"'')
    # Hashes that are wrong, as of who edits a wheel by hand.
    (recorded "stale" ''printf "stale.py,sha256=AAAA,1\n$info/METADATA,,\n$info/WHEEL,,\n$info/RECORD,,\n" >"$info/RECORD"'')
    # Files that are gone.
    (recorded "gone" ''printf "gone.py,,\nnowhere.py,,\n$info/METADATA,,\n$info/WHEEL,,\n$info/RECORD,,\n" >"$info/RECORD"'')
  ];

  # Two wheels that have one file.
  owner =
    name: content:
    wheel {
      inherit name;
      script = ''
        mkdir ${name} shared
        touch ${name}/__init__.py
        echo 'SHARED = "${content}"' >shared/__init__.py
        echo ${content} >LICENSE.txt
      '';
    };
  colliding = {
    packages = [
      (owner "first" "a")
      (owner "second" "b")
    ];
  };

  changed = sdist {
    name = "changed";
    script = "echo original >changed/text.txt";
  };
  neededTool = pkgs.writeShellScriptBin "needed-tool" "true";

  tested =
    name: script:
    sdist {
      inherit name;
      script = ''
        echo 'VALUE = 1' >${name}/__init__.py
        ${script}
      '';
    };
  unittests =
    value: name:
    tested name ''
      mkdir tests
      printf 'import unittest, ${name}\nclass Test(unittest.TestCase):\n    def test(self):\n        assert "/site-packages/" in ${name}.__file__, ${name}.__file__\n        self.assertEqual(${name}.VALUE, ${toString value})\n' >tests/test_value.py
    '';
  pytests = tested "pytested" ''
    mkdir tests
    printf 'import pytest, pytested\ndef test():\n    pytest.ran(pytested.VALUE)\n' >tests/test_value.py
  '';
  # Does as pytest does, so that it is seen to run.
  pytest = wheel {
    name = "pytest";
    script = ''
      mkdir pytest
      echo 'def ran(value): print("pytest has run", value)' >pytest/__init__.py
      printf 'import runpy, sys\nrunpy.run_path("tests/test_value.py")["test"]()\nprint(sys.argv[1:])\n' >pytest/__main__.py
    '';
  };

in
{
  # What needs no build, by name: true, or the claim fails.
  claims = import ./targets.nix { inherit pkgs others; } // {
    # What people override of nixpkgs' package of a name does not reach a wheel of that name.
    aWheelKeepsItsSource =
      let
        leak = drv: drv.overridePythonAttrs { src = "/leaked"; };
        made =
          override:
          (interpreter {
            packages = [ furnished ];
            overridesPost = [ (_self: super: { furnished = override super.furnished; }) ];
          }).pkgs.furnished;
      in
      (made leak).drvPath == (made (drv: drv)).drvPath;

    # Tests are off, and asking for them changes no more than what is tested.
    testsAreOff =
      let
        one = unittests 1 "first_tested";
      in
      (packageOf { package = one; }).drvPath
      == (packageOf {
        package = one;
        tests = [ ];
      }).drvPath
      && (packageOf {
        package = one;
        tests = true;
      }).src.drvPath == (packageOf { package = one; }).src.drvPath;
  };

  # Siblings' libraries are found below their own directories; the driver's are left as they are.
  cuda =
    check "cuda"
      (environmentOf {
        packages = [
          (nvidia "blas")
          (nvidia "fft")
          cudaUser
        ];
      })
      ''
        import ctypes, pathlib, subprocess
        import cuda_user, nvidia.blas, nvidia.fft

        directory = pathlib.Path(cuda_user.__file__).parent
        assert ctypes.CDLL(directory / "_both.so").both() == 84
        needed = subprocess.run(["${pkgs.patchelf}/bin/patchelf", "--print-needed", directory / "_driver.so"], capture_output=True, text=True)
        assert {"libcuda.so.1", "libnvidia-ml.so.1"} <= set(needed.stdout.split()), needed
        path = subprocess.run(["${pkgs.patchelf}/bin/patchelf", "--print-rpath", directory / "_driver.so"], capture_output=True, text=True)
        assert not path.stdout.strip(), path
      '';
  quiet = (interpreter {
    packages = [
      (nvidia "blas")
      (nvidia "fft")
      cudaUser
    ];
  }).pkgs.cuda_user;
  warned = packageOf { package = lacking; };

  # A fix that a user writes after that warning.
  unwarned =
    check "unwarned"
      (environmentOf {
        packages = [ lacking ];
        _.lacking.buildInputs.add = [
          (pkgs.runCommandCC "nowhere" { } ''
            mkdir -p "$out/lib"
            ${compile "int nowhere(void) { return 7; }" ''-Wl,-soname,libnowhere.so.3 -o "$out/lib/libnowhere.so.3"''}
          '')
        ];
      })
      ''
        import ctypes, pathlib, lacking

        assert ctypes.CDLL(pathlib.Path(lacking.__file__).parent / "_plugin.so").lacking() == 1
      '';

  furnished =
    let
      environment = environmentOf { packages = [ furnished ]; };
    in
    pkgs.runCommand "mach-furnished" { } ''
      cd ${environment}
      test "$(cat share/furnished/file.txt)" = data
      test "$(cat etc/furnished.conf)" = setting
      test -e include/python*/furnished/furnished.h
      test "$(bin/furnished)" = "entry point"
      test "$(bin/furnished-gui)" = "entry point"
      test "$(bin/furnished-script x)" = "script x"
      test "$(bin/furnished-shell)" = shell
      bin/python -c '
      import importlib.metadata as metadata, sys
      import by_path_file, furnished_plat, furnished_pure
      assert sys.furnished and by_path_file.IS
      assert (furnished_pure.WHERE, furnished_plat.WHERE) == ("purelib", "platlib")
      [plugin] = metadata.entry_points(group="furnished.plugins")
      plugin.load()()
      '
      # A program of the package itself runs outside of the environment too.
      ${packageOf { package = furnished; }}/bin/furnished-script y | tee "$out"
    '';

  namespaces =
    check "namespaces"
      (environmentOf {
        packages = map part [
          "a"
          "b"
        ];
      })
      ''
        import native_ns.a, native_ns.b, pkgutil_ns.a, pkgutil_ns.b

        assert [m.NAME for m in (native_ns.a, native_ns.b, pkgutil_ns.a, pkgutil_ns.b)] == ["a", "b", "a", "b"]
      '';

  records = check "records" (environmentOf { packages = records; }) ''
    import importlib.metadata as metadata
    import incomplete, empty, windows, stale, gone

    for module in (incomplete, empty, windows, stale, gone):
        assert module.IS
        print(module.__name__, metadata.version(module.__name__))
  '';

  # One file of two packages: the same merges, another is refused, unless that is what was asked for.
  sameFile =
    check "same-file"
      (environmentOf {
        packages = [
          (owner "first" "a")
          (owner "second" "a")
        ];
      })
      ''
        import first, second, shared

        assert shared.SHARED == "a"
      '';
  collision = environmentOf colliding;
  ignored =
    check "ignored"
      (environmentOf (
        colliding
        // {
          ignoreCollisions = true;
          postBuild = ''echo built >"$out/built.txt"'';
        }
      ))
      ''
        import pathlib, sys
        import first, second, shared

        assert shared.SHARED == "a"
        assert (pathlib.Path(sys.prefix) / "built.txt").read_text() == "built\n"
      '';

  # What reaches the build of an sdist: simplified overrides, and both kinds of a caller's own.
  changed =
    check "changed"
      (environmentOf {
        packages = [ changed ];
        overridesPost = [
          (_self: super: {
            changed =
              (super.changed.overridePythonAttrs (old: {
                nativeBuildInputs = old.nativeBuildInputs or [ ] ++ [ neededTool ];
              })).overrideAttrs
                (old: {
                  postInstall = old.postInstall or "" + ''
                    echo installed >"$out/${site}/changed/installed.txt"
                  '';
                });
          })
        ];
        _.changed = {
          patches.add = [
            (builtins.toFile "changed.patch" ''
              --- a/changed/text.txt
              +++ b/changed/text.txt
              @@ -1 +1 @@
              -original
              +patched
            '')
          ];
          env.add.FLAG = "flagged";
          needed = "variable";
          preBuild.mod =
            self: old: text:
            "echo ${self.python.pythonVersion} >changed/version.txt";
        };
      })
      ''
        import pathlib, sys
        import changed

        directory = pathlib.Path(changed.__file__).parent
        read = lambda name: (directory / name).read_text().strip()
        assert read("text.txt") == "patched"
        assert read("built.txt") == "flagged True variable", read("built.txt")
        assert read("version.txt") == "%d.%d" % sys.version_info[:2]
        assert read("installed.txt") == "installed"
      '';

  testsPass = packageOf {
    package = unittests 1 "unittested";
    tests = [ "unittested" ];
  };
  testsByOverride = packageOf {
    package = unittests 2 "by_override";
    _.by_override.doCheck = true;
  };
  testsFail = packageOf {
    package = unittests 2 "failing";
    tests = true;
  };
  testsByPytest =
    (interpreter {
      packages = [
        pytests
        pytest
      ];
      tests = true;
      _.pytested.pytestFlags = [ "-v" ];
    }).pkgs.pytested;
  testsWithoutPytest = packageOf {
    package = pytests;
    tests = true;
  };
  testsNone = packageOf {
    package = changed;
    tests = [ "changed" ];
  };
  testsNoneOfAll = packageOf {
    package = changed;
    tests = true;
  };
}
