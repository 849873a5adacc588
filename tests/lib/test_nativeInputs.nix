{ scope, fake }:
let
  native =
    name:
    builtins.mapAttrs (_: map (input: input.name)) (
      scope.nativeInputs {
        base = fake.pkgs.python3.pkgs;
        inherit name;
      }
    );
  none = {
    nativeBuildInputs = [ ];
    buildInputs = [ ];
  };
in
{
  withoutPythonAndItsHooks = {
    expr = native "lxml";
    expected = {
      nativeBuildInputs = [ "pkg-config-wrapper-0.29" ];
      buildInputs = [ "libxml2-2.14" ];
    };
  };
  # With what is propagated, where nixpkgs keeps Python packages and the interpreter too.
  librariesThatArePropagated = {
    expr = native "pyscard";
    expected = {
      nativeBuildInputs = [ "rust-bindgen-hook" ];
      buildInputs = [
        "libxml2-2.14"
        "pcsclite-2.3"
      ];
    };
  };
  notInNixpkgs = {
    expr = native "unheard-of";
    expected = none;
  };
  nullInNixpkgs = {
    expr = native "gone";
    expected = none;
  };
  throwingInNixpkgs = {
    expr = native "throwing";
    expected = none;
  };
}
