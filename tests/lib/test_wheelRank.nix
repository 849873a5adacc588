{ scope, ... }:
let
  inherit (builtins)
    filter
    fromJSON
    genList
    head
    isString
    length
    readFile
    split
    tail
    ;
  lists = ../../helper/tags/testdata;
  # All tags of a target in their order, as pypa/packaging gives them, each as the rank that it has here.
  ranks =
    name:
    let
      lines = filter (line: isString line && line != "") (split "\n" (readFile (lists + "/${name}.txt")));
      rank = scope.wheelRank (fromJSON (head lines));
    in
    map (tag: rank "a-1-${tag}.whl") (tail lines);
  inOrder = name: {
    expr = ranks name;
    expected = genList (i: i) (length (ranks name));
  };
  linux = scope.wheelRank {
    implementation = "cpython";
    python = [
      3
      12
    ];
    system = "x86_64-linux";
    libc = "glibc";
    libc-version = [
      2
      40
    ];
  };
  better = a: b: linux a < linux b;
in
{
  glibc = inOrder "cp312-x86_64-glibc";
  musl = inOrder "cp311-x86_64-musl";
  freeThreaded = inOrder "cp313t-aarch64-glibc";
  macOS = inOrder "cp313-aarch64-macos";
  macOSOnIntel = inOrder "cp39-x86_64-macos";
  compressed = {
    expr = [
      (better "a-1-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl" "a-1-cp39-abi3-manylinux1_x86_64.whl")
      (better "a-1-1-cp312-cp312-linux_x86_64.whl" "a-1-py2.py3-none-any.whl")
      (better "a-1-py3-none-manylinux2014_x86_64.whl" "a-1-py3-none-any.whl")
    ];
    expected = [
      true
      true
      true
    ];
  };
  whatDoesNotFit = {
    expr = map linux [
      "a-1-cp311-cp311-manylinux_2_17_x86_64.whl"
      "a-1-cp312-cp312-win_amd64.whl"
      "a-1-cp313-abi3-manylinux_2_17_x86_64.whl"
      "a-1-cp312-cp312-manylinux_2_41_x86_64.whl"
      "a-1-py2-none-any.whl"
      "a-1.tar.gz"
    ];
    expected = genList (_: null) 6;
  };
}
