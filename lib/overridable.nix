{ ... }:
let
  inherit (builtins)
    concatStringsSep
    filter
    foldl'
    isFunction
    removeAttrs
    ;

  # What an override says of the build of the wheel, and what of its installation; all else goes to both.
  ofBuild = [
    "build-system"
    "buildFlags"
    "buildPhase"
    "cargoDeps"
    "cmakeFlags"
    "configureFlags"
    "configurePhase"
    "dontBuild"
    "dontConfigure"
    "dontPatch"
    "dontUnpack"
    "format"
    "makeFlags"
    "mesonFlags"
    "patchFlags"
    "patchPhase"
    "patches"
    "postBuild"
    "postConfigure"
    "postPatch"
    "postUnpack"
    "preBuild"
    "preConfigure"
    "prePatch"
    "preUnpack"
    "pypaBuildFlags"
    "pyproject"
    "setSourceRoot"
    "sourceRoot"
    "src"
    "srcs"
    "unpackCmd"
    "unpackPhase"
  ];
  ofInstall = [
    "catchConflicts"
    "checkInputs"
    "checkPhase"
    "dependencies"
    "disabled"
    "doCheck"
    "doInstallCheck"
    "dontAutoPatchelf"
    "dontCheckRuntimeDeps"
    "dontFixup"
    "dontStrip"
    "dontWrapPythonPrograms"
    "fixupPhase"
    "format"
    "installCheckInputs"
    "installCheckPhase"
    "installPhase"
    "makeWrapperArgs"
    "meta"
    "name"
    "nativeCheckInputs"
    "nativeInstallCheckInputs"
    "optional-dependencies"
    "outputs"
    "passthru"
    "permitUserSite"
    "postCheck"
    "postFixup"
    "postInstall"
    "postInstallCheck"
    "preCheck"
    "preDist"
    "preFixup"
    "preInstall"
    "preInstallCheck"
    "propagatedBuildInputs"
    "pyproject"
    "pytestFlags"
    "pythonImportsCheck"
    "pythonPath"
    "unittestFlags"
  ];

  # An override as a function of the old attributes; it may take the final ones first, as nixpkgs' do.
  part =
    take: change: old:
    let
      said = if isFunction change then change old else change;
    in
    if isFunction said then prev: take prev (said prev) else take old said;
  apply =
    take: change: old:
    let
      said = part take change old;
    in
    if isFunction said then said old else said;

  forBuild =
    old: said:
    removeAttrs said ofInstall
    // (
      if said ? build-system then
        { nativeBuildInputs = (said.nativeBuildInputs or old.nativeBuildInputs) ++ said.build-system; }
      else
        { }
    );

  # Of a wheel of the index there is no build.
  passedOver =
    { pkgs, name, ... }:
    said:
    let
      names = filter (attr: said ? ${attr}) ofBuild;
    in
    if names == [ ] then
      said
    else
      pkgs.lib.warn ''mach: ${name} comes from a wheel, so that ${concatStringsSep ", " names} of an override are passed over; to build it: providers.${name} = "sdist";'' said;

  # Tests that are asked for need their runner, unless there is another check phase.
  checked =
    added: old: said:
    if !(said.doCheck or false) || said ? checkPhase || old ? checkPhase then
      said
    else
      added
      // said
      // {
        nativeCheckInputs = added.nativeCheckInputs or [ ] ++ said.nativeCheckInputs or [ ];
      };

  changed =
    parts@{ install, ... }:
    changes:
    let
      at = level: map (one: one.change) (filter (one: one.level == level) changes);
      wheel = foldl' (drv: change: drv.overrideAttrs (part forBuild change)) (parts.build (
        map (apply forBuild) (at "overridePythonAttrs")
      )) (at "overrideAttrs");
      whole =
        if parts ? build then checked (parts.check wheel) else _old: passedOver parts;
      forInstall = old: said: removeAttrs (whole old said) ofBuild;
    in
    # In this order nothing is lost: what nixpkgs' overridePythonAttrs makes has none of the overrideAttrs before it.
    foldl' (drv: change: drv.overrideAttrs (part forInstall change)) (
      foldl' (drv: change: drv.overridePythonAttrs (part forInstall change)) (install wheel) (
        at "overridePythonAttrs"
      )
    ) (at "overrideAttrs")
    // {
      overridePythonAttrs = more parts changes "overridePythonAttrs";
      overrideAttrs = more parts changes "overrideAttrs";
    };
  more = parts: changes: level: change: changed parts (changes ++ [ { inherit level change; } ]);
in
/*
  A package that is installed from a wheel, whose overrides reach what they are about. `install` makes the package of a
  wheel; `build` makes the wheel, with a list of overrides, and is left out for a wheel of the index. Of what
  `overridePythonAttrs` and `overrideAttrs` are given, the source, patches and the phases of a build go to the build,
  dependencies, tests and the phases of an installation to the installation, and inputs, `env` and all else to both; the
  override is called for each of the two, with its own old attributes. Of a wheel of the index there is no build: what
  is said of it, as by the overrides that people have for nixpkgs' packages, is passed over with a warning.

  `check` gives the attributes that run the tests of the source of a build, for who asks for them by `doCheck`.

  Type: overridable ::
    { pkgs, name, install :: derivation -> derivation }
    | { pkgs, name, install :: derivation -> derivation, build :: [AttrSet -> AttrSet] -> derivation,
        check :: derivation -> AttrSet }
    -> derivation

  Example:
    (overridable { inherit pkgs; name = "foo"; build = changes: buildWheel { … }; … })
      .overridePythonAttrs (old: { buildInputs = old.buildInputs ++ [ pkgs.zlib ]; })
    => «derivation …-python3.12-foo-1.0.drv»
*/
parts:
(if parts ? build then parts.install (parts.build [ ]) else parts.install null)
// {
  overridePythonAttrs = more parts [ ] "overridePythonAttrs";
  overrideAttrs = more parts [ ] "overrideAttrs";
}
