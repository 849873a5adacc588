{ scope, fake }:
let
  phase = {
    checkPhase = "mach's";
    nativeCheckInputs = [ "pytest" ];
  };
  of =
    old: said:
    (scope.withTests { inherit phase old; } said).checkPhase or "none";
  hook = fake.drv { name = "pytest-check-hook"; };
in
{
  phases = {
    expr = [
      (of { } { doCheck = true; })
      (of { } { doCheck = false; })
      (of { } { })
      (of { } { doCheck = true; checkPhase = "make check"; })
      (of { checkPhase = "make check"; } { doCheck = true; })
    ];
    expected = [
      "mach's"
      "none"
      "none"
      "make check"
      "none"
    ];
  };
  # It would not run beside another phase.
  hooksOfNixpkgs = {
    expr = map (said: of { } ({ doCheck = true; } // said)) [
      { nativeCheckInputs = [ hook ]; }
      { checkInputs = [ hook ]; }
      { nativeCheckInputs = [ (fake.drv { name = "hypothesis-6.0"; }) ]; }
      { nativeCheckInputs = [ (throw "not for this Python") ]; }
    ];
    expected = [
      "none"
      "none"
      "mach's"
      "mach's"
    ];
  };
  inputsAreAdded = {
    expr =
      (scope.withTests { inherit phase; } {
        doCheck = true;
        nativeCheckInputs = [ "hypothesis" ];
      }).nativeCheckInputs;
    expected = [
      "pytest"
      "hypothesis"
    ];
  };
}
