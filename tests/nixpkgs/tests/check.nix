# The claims of eval.nix: the number that hold, or a throw that names those that do not.
let
  claims = import ./eval.nix { pkgs = import ./.. { }; };
  wrong = builtins.filter (name: claims.${name}.expr != claims.${name}.expected) (builtins.attrNames claims);
  describe = name: ''
    ${name}
      expected ${builtins.toJSON claims.${name}.expected}
      got      ${builtins.toJSON claims.${name}.expr}'';
in
if wrong == [ ] then
  builtins.length (builtins.attrNames claims)
else
  throw "\n${builtins.concatStringsSep "\n" (map describe wrong)}"
