{ attempt, ... }:
let
  inherit (builtins) any match;

  isHook = input: attempt false (match ".*-check-hook.*" (input.pname or input.name or "") != null);
  hasOwn =
    attrs:
    attrs ? checkPhase
    || attrs ? installCheckPhase
    || any (key: any isHook (attrs.${key} or [ ])) [
      "checkInputs"
      "installCheckInputs"
      "nativeBuildInputs"
      "nativeCheckInputs"
      "nativeInstallCheckInputs"
    ];
in
/*
  Attributes of a package with what runs its tests (testPhase.nix), if they ask for tests by `doCheck` and do not say
  themselves how: by a check phase, or by one of nixpkgs' hooks, like pytestCheckHook, among the inputs. `old` are the
  attributes that the package has already.

  Type: withTests :: { phase :: AttrSet, old :: AttrSet ? { } } -> AttrSet -> AttrSet

  Example:
    withTests { phase = { checkPhase = "pytest"; nativeCheckInputs = [ pytest ]; }; } {
      doCheck = true;
      nativeCheckInputs = [ hypothesis ];
    }
    => { doCheck = true; checkPhase = "pytest"; nativeCheckInputs = [ pytest hypothesis ]; }
*/
{
  phase,
  old ? { },
}:
said:
if !(said.doCheck or false) || hasOwn (old // said) then
  said
else
  phase
  // said
  // {
    nativeCheckInputs = phase.nativeCheckInputs or [ ] ++ said.nativeCheckInputs or [ ];
  }
