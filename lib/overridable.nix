{ attributeParts, withTests, ... }:
let
  inherit (builtins)
    attrNames
    concatStringsSep
    filter
    foldl'
    isFunction
    removeAttrs
    ;

  inherit (attributeParts) ofSource ofBuild ofInstall;

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

  # Of a wheel of the index there is no build. What is said of one is not looked at: it may ask for what is not there.
  passedOver =
    { pkgs, name, ... }:
    said:
    let
      names = filter (attr: said ? ${attr}) (ofSource ++ ofBuild);
    in
    if names == [ ] then
      said
    else
      pkgs.lib.warn ''mach: ${name} comes from a wheel, so that ${concatStringsSep ", " names} of an override are passed over; to build it: providers.${name} = "sdist";'' said;

  changed =
    parts@{ install, ... }:
    changes:
    let
      at = level: map (one: one.change) (filter (one: one.level == level) changes);
      wheel = foldl' (drv: change: drv.overrideAttrs (part forBuild change)) (parts.build (
        map (apply forBuild) (at "overridePythonAttrs")
      )) (at "overrideAttrs");
      whole =
        if parts ? build then
          old:
          withTests {
            phase = parts.check wheel;
            inherit old;
          }
        else
          _old: passedOver parts;
      others = if parts.hasSource or false then ofBuild else ofSource ++ ofBuild;
      forInstall = old: said: removeAttrs (whole old said) others;
    in
    # In this order nothing is lost: what nixpkgs' overridePythonAttrs makes has none of the overrideAttrs before it.
    foldl' (drv: change: drv.overrideAttrs (part forInstall change)) (
      foldl' (drv: change: drv.overridePythonAttrs (part forInstall change)) (install wheel) (
        at "overridePythonAttrs"
      )
    ) (at "overrideAttrs")
    // overrides parts changes;
  more = parts: changes: level: change: changed parts (changes ++ [ { inherit level change; } ]);
  overrides = parts: changes: {
    overridePythonAttrs = more parts changes "overridePythonAttrs";
    overrideAttrs = more parts changes "overrideAttrs";
    override = args: withoutArguments parts args (changed parts changes);
  };

  # nixpkgs' packages have arguments, and poetry2nix' have `preferWheel`.
  withoutArguments =
    { pkgs, name, ... }@parts:
    args: package:
    let
      isDone = arg: arg == "preferWheel" && !(parts ? build);
      names = filter (arg: !(isDone arg)) (attrNames (if isFunction args then args { } else args));
      hint = if names == [ "preferWheel" ] then ''; to take the wheel: providers.${name} = "wheel";'' else "";
    in
    if names == [ ] then
      package
    else
      pkgs.lib.warn "mach: ${name} is made by the lock and not by nixpkgs, so that ${concatStringsSep ", " names} of an override are passed over${hint}" package;
in
/*
  A package that is installed from a wheel, whose overrides reach what they are about. `install` makes the package of a
  wheel; `build` makes the wheel, with a list of overrides, and is left out for a wheel of the index. Of what
  `overridePythonAttrs` and `overrideAttrs` are given, the source, patches and the phases of a build go to the build,
  dependencies, tests and the phases of an installation to the installation, and inputs, `env` and all else to both; the
  override is called for each of the two, with its own old attributes. Of a wheel of the index there is no build: what
  is said of it, as by the overrides that people have for nixpkgs' packages, is passed over with a warning. So are the
  arguments that `override` is given.

  `check` gives the attributes that run the tests of the source of a build, for who asks for them by `doCheck`. With
  `hasSource` the installation has the source too, and what is said of it.

  Type: overridable ::
    { pkgs, name, install :: derivation -> derivation }
    | { pkgs, name, install :: derivation -> derivation, build :: [AttrSet -> AttrSet] -> derivation,
        check :: derivation -> AttrSet, hasSource ? bool }
    -> derivation

  Example:
    (overridable { inherit pkgs; name = "foo"; build = changes: buildWheel { … }; … })
      .overridePythonAttrs (old: { buildInputs = old.buildInputs ++ [ pkgs.zlib ]; })
    => «derivation …-python3.12-foo-1.0.drv»
*/
parts:
(if parts ? build then parts.install (parts.build [ ]) else parts.install null)
// overrides parts [ ]
