{ scope, fake }:
let
  made = scope.patchWheel {
    inherit (fake) pkgs;
    name = "foo";
    file = "foo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";
    dlopen = [ "/store/libmagic/lib" ];
  };
  contains = part: text: builtins.length (builtins.split part text) > 1;
in
{
  attrs = {
    expr = [
      (map (input: input.name) made.attrs.nativeBuildInputs)
      (map (input: input.name) made.attrs.buildInputs)
      made.attrs.appendRunpaths
    ];
    expected = [
      [ "auto-patchelf-hook" ]
      [ "zlib-2014" ]
      [ "/store/libmagic/lib" ]
    ];
  };
  # What it does, the integration tests say.
  shell = {
    expr = map (part: contains part made.shell) [
      "libcuda\\.so"
      "foo-1\\.0-cp312-cp312-manylinux_2_17_x86_64\\.whl"
      "_\\.foo\\.buildInputs\\.add"
    ];
    expected = [
      true
      true
      true
    ];
  };
}
