# nixpkgs: pkgs/stdenv/generic/make-derivation.nix. mkDerivation: attributes or finalAttrs: attributes -> package.
{ lib, config }:
stdenv:
let
  checkMeta = import ./check-meta.nix {
    inherit lib config;
    inherit (stdenv) hostPlatform;
  };

  # These say something about the package and are nothing to the build.
  notForBuild = [
    "meta"
    "passthru"
    "env"
    "pos"
    "checkInputs"
    "installCheckInputs"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
  ];

  inputNames = [
    "depsBuildBuild"
    "nativeBuildInputs"
    "buildInputs"
    "propagatedNativeBuildInputs"
    "propagatedBuildInputs"
  ];

  checkInput =
    attrs: name: input:
    if input == null || lib.isDerivation input || builtins.isString input || builtins.isPath input then
      input
    else
      throw "Dependency is not of a valid type: element of ${name} for ${attrs.name or attrs.pname}";

  derivationArguments =
    attrs:
    let
      doCheck = attrs.doCheck or false;
      doInstallCheck = attrs.doInstallCheck or false;
      extra = {
        nativeBuildInputs =
          lib.optionals doCheck (attrs.nativeCheckInputs or [ ])
          ++ lib.optionals doInstallCheck (attrs.nativeInstallCheckInputs or [ ]);
        buildInputs =
          lib.optionals doCheck (attrs.checkInputs or [ ])
          ++ lib.optionals doInstallCheck (attrs.installCheckInputs or [ ]);
      };
      inputs = lib.genAttrs inputNames (
        name:
        map (input: lib.getDev (checkInput attrs name input)) (
          lib.flatten (attrs.${name} or [ ]) ++ extra.${name} or [ ]
        )
      );
    in
    removeAttrs attrs notForBuild
    // attrs.env or { }
    // lib.optionalAttrs (!(attrs ? outputHash)) { outputs = attrs.outputs or [ "out" ]; }
    // inputs
    // {
      name = lib.sanitizeDerivationName (attrs.name or "${attrs.pname}-${attrs.version}");
      builder = attrs.realBuilder or stdenv.shell;
      args = attrs.args or [
        "-e"
        (attrs.builder or ./default-builder.sh)
      ];
      inherit stdenv;
      inherit (stdenv.buildPlatform) system;
      strictDeps = attrs.strictDeps or false;
      inherit doCheck doInstallCheck;
      __ignoreNulls = true;
    };

  package =
    overrideAttrs: attrs:
    let
      checked = checkMeta attrs;
    in
    lib.extendDerivation checked.valid (
      {
        inherit overrideAttrs stdenv;
        inherit (checked) meta;
        passthru = attrs.passthru or { };
      }
      // attrs.passthru or { }
    ) (derivation (derivationArguments attrs));

  extensible =
    rattrs:
    let
      finalPackage = package overrideAttrs attrs;
      attrs = rattrs (attrs // { inherit finalPackage overrideAttrs; });
      overrideAttrs = f: extensible (lib.extends (lib.toExtension f) rattrs);
    in
    finalPackage;
in
fnOrAttrs: extensible (lib.toFunction fnOrAttrs)
