# nixpkgs: pkgs/stdenv/generic/check-meta.nix. Whether a package may be built, and why not.
{
  lib,
  config,
  hostPlatform,
}:
attrs:
let
  meta = attrs.meta or { };
  name = attrs.name or "${attrs.pname}-${attrs.version}";
  position = builtins.unsafeGetAttrPos "version" attrs;
  location = if position == null then "«unknown-file»" else "${position.file}:${toString position.line}";

  outputs = attrs.outputs or [ "out" ];

  broken = meta.broken or false;
  unsupported =
    !(builtins.elem hostPlatform.system (meta.platforms or lib.platforms.all))
    || builtins.elem hostPlatform.system (meta.badPlatforms or [ ]);
  unfree = !(builtins.all (license: license.free or true) (lib.toList (meta.license or [ ])));
  insecure = meta.knownVulnerabilities or [ ] != [ ];

  refusal =
    if unfree && !(config.allowUnfree or false) then
      "has an unfree license"
    else if broken && !(config.allowBroken or false) then
      "is marked as broken"
    else if unsupported && !(config.allowUnsupportedSystem or false) then
      "is not available on the requested hostPlatform"
    else if insecure && !(builtins.elem name (config.permittedInsecurePackages or [ ])) then
      "is marked as insecure"
    else
      null;
in
{
  valid = refusal == null || throw "Package ‘${name}’ in ${location} ${refusal}, refusing to evaluate.";
  meta =
    meta
    // {
      inherit
        name
        broken
        unsupported
        unfree
        insecure
        ;
      available = refusal == null;
      outputsToInstall = meta.outputsToInstall or [ (if builtins.elem "bin" outputs then "bin" else "out") ];
    }
    // lib.optionalAttrs (position != null) { position = location; };
}
