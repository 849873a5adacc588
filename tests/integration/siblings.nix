# An environment of two wheels, made here: the library of `outer` needs that of `inner`, which lies in a directory that
# only `inner` knows of (as the wheels of CUDA and Qt have it).
{ pkgs }:
let
  inherit (import ../../lib) installWheel;
  python = pkgs.python3;
  file = name: "${name}-1-py3-none-linux_x86_64.whl";

  # The file of a wheel whose modules `script` makes, in a directory by the wheel's name.
  wheelOf =
    name: script:
    pkgs.runCommandCC (file name) { nativeBuildInputs = [ python ]; } ''
      mkdir ${name} ${name}-1.dist-info
      touch ${name}/__init__.py
      ${script}
      printf 'Metadata-Version: 2.1\nName: ${name}\nVersion: 1\n' > ${name}-1.dist-info/METADATA
      printf 'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-linux_x86_64\n' > ${name}-1.dist-info/WHEEL
      find ${name} ${name}-1.dist-info -type f | sed 's/$/,,/' > RECORD
      mv RECORD ${name}-1.dist-info
      echo '${name}-1.dist-info/RECORD,,' >> ${name}-1.dist-info/RECORD
      python -m zipfile -c "$out" ${name} ${name}-1.dist-info
    '';

  install =
    name: wheel: dependencies:
    installWheel {
      inherit
        pkgs
        name
        wheel
        dependencies
        ;
      base = python.pkgs;
      file = file name;
      version = "1";
    };

  innerWheel = wheelOf "inner" ''
    mkdir inner/libraries
    echo 'int inner(void) { return 42; }' | cc -shared -fPIC -Wl,-soname,libinner.so -o inner/libraries/libinner.so -x c -
  '';
  outerWheel = wheelOf "outer" ''
    echo 'int inner(void); int outer(void) { return inner(); }' > outer.c
    echo 'int inner(void) { return 0; }' | cc -shared -fPIC -Wl,-soname,libinner.so -o libinner.so -x c -
    cc -shared -fPIC outer.c -o outer/outer.so -L. -linner
  '';
  inner = install "inner" innerWheel [ ];
  outer = install "outer" outerWheel [ inner ];
in
python.withPackages (_: [ outer ])
