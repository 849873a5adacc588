{ scope, fake }:
let
  musl = fake.pkgs // {
    stdenv = fake.pkgs.stdenv // {
      hostPlatform = fake.pkgs.stdenv.hostPlatform // {
        isMusl = true;
      };
    };
  };
  on =
    pkgs: file:
    map (library: library.name) (
      scope.manylinux {
        inherit pkgs file;
        name = "foo";
      }
    );
  of = platform: on fake.pkgs "foo-1.0-cp312-cp312-${platform}.whl";
  old = [
    "zlib"
    "ncurses"
  ];
in
{
  byYear = {
    expr = map of [
      "manylinux1_x86_64"
      "manylinux2010_x86_64"
      "manylinux2014_x86_64"
    ];
    expected = [
      old
      [ "zlib-2010" ]
      [ "zlib-2014" ]
    ];
  };
  byVersion = {
    expr = map of [
      "manylinux_2_5_x86_64"
      "manylinux_2_12_x86_64"
      "manylinux_2_17_aarch64"
      "manylinux_2_39_x86_64"
    ];
    expected = [
      old
      [ "zlib-2010" ]
      [ "zlib-2014" ]
      [ "zlib-2014" ]
    ];
  };
  lowestOfSeveral = {
    expr = map of [
      "manylinux_2_12_x86_64.manylinux2010_x86_64.manylinux_2_28_x86_64"
      "manylinux_2_17_x86_64.manylinux2014_x86_64"
      "manylinux_2_28_x86_64.musllinux_1_1_x86_64.manylinux1_x86_64"
    ];
    expected = [
      [ "zlib-2010" ]
      [ "zlib-2014" ]
      old
    ];
  };
  withoutLevel = {
    expr = [
      (of "linux_x86_64")
      (on fake.pkgs null)
    ];
    expected = [
      old
      old
    ];
  };
  musl = {
    expr = map (on musl) [
      "foo-1.0-cp312-cp312-musllinux_1_2_x86_64.whl"
      null
    ];
    expected = [
      [ "gcc" ]
      [ "gcc" ]
    ];
  };
  theOtherLibrary = {
    expr = map fake.stops [
      (of "musllinux_1_2_x86_64")
      (on musl "foo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl")
    ];
    expected = [
      true
      true
    ];
  };
}
