{
  attempt,
  attrName,
  extendPython,
  nameSet,
  normalizeName,
  projectName,
  requirementNames,
  variants,
  ...
}:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    elem
    filter
    foldl'
    genericClosure
    head
    isAttrs
    listToAttrs
    parseDrvName
    ;

  # Projects for which nixpkgs is a provider by default, so that they may turn up in any resolution.
  defaults = (builtins.fromTOML (builtins.readFile ../overrides/providers.toml)).defaults;
  usual = filter (name: elem "nixpkgs" defaults.${name}) (attrNames defaults);

  # Why nixpkgs cannot give a package, or null.
  reasonAgainst =
    package:
    if package == null then
      "is null for this Python"
    else if !(isAttrs package && package.type or null == "derivation") then
      "is no package"
    else if package.meta.broken or false then
      "is marked broken"
    else if package.meta.unsupported or false then
      "is not for this platform"
    else if !(package.meta.available or true) then
      "is not allowed (unfree or insecure)"
    else
      null;

  # The Python modules that a package propagates; one that throws is left to its own entry.
  modulesOf =
    package:
    filter (dependency: attempt false (isAttrs dependency && dependency ? pythonModule)) (
      attempt [ ] (package.propagatedBuildInputs or [ ])
    );

  # The projects that a package depends on. A module without an attribute of its own cannot be asked for, so what it
  # depends on stands for it.
  dependenciesOf =
    set: package:
    concatMap (
      module:
      let
        name = projectName module;
      in
      if set ? ${attrName { inherit set name; }} then [ name ] else dependenciesOf set module
    ) (modulesOf package);
in
/*
  What nixpkgs offers for the arguments of mkPython, filled in (arguments.nix), with the overlays that come before mach's:
  of the projects that the requirements, `packagesExtra` and `providers` name, of those that overrides/providers.toml
  takes from nixpkgs, and of all that these depend on in nixpkgs. Of a project that has several attributes there is the
  one that nixpkgs' own packages use, and then the others. Nothing else is evaluated, because looking at every package of
  nixpkgs takes seconds and gigabytes. A package that is null, broken or throws is listed as unusable, with the reason.

  What a source of `packagesExtra` needs that has to be built or fetched before it can be read is not known here.

  Type: factsFor :: AttrSet -> AttrSet

  Example:
    factsFor (arguments { inherit pkgs; requirements = "pyyaml"; })
    => { version = 1; python = "3.12"; system = "x86_64-linux"; nixpkgs = "25.11"; unusable = [ ];
         packages = [ { name = "pyyaml"; attr = "pyyaml"; version = "6.0.2"; dependencies = [ ]; } ]; }
*/
arguments:
let
  inherit (arguments)
    extra
    overridesPre
    pkgs
    providers
    python
    requirements
    ;
  offering =
    if overridesPre == [ ] then
      python
    else
      extendPython {
        inherit pkgs python;
        overlay = pkgs.lib.composeManyExtensions overridesPre;
      };
  set = offering.pkgs;

  # A project as the set has it under one attribute.
  offer =
    attr:
    let
      package = set.${attr};
    in
    {
      inherit attr;
      reason = attempt "does not evaluate for this Python" (reasonAgainst package);
      version = package.version or (parseDrvName package.name).version;
      dependencies = dependenciesOf set package;
    };

  # Each version once: often one of several attributes is another's name.
  addVersion =
    offers: offer: if elem offer.version (map (other: other.version) offers) then offers else offers ++ [ offer ];

  versions = variants.of set;
  item =
    name:
    let
      attr = attrName { inherit set name; };
      own = if set ? ${attr} then [ (offer attr) ] else [ ];
      all = own ++ map offer (versions { inherit attr name; });
    in
    {
      key = name;
      inherit name all;
      usable = foldl' addVersion [ ] (filter (offer: offer.reason == null) all);
    };

  named =
    usual
    ++ concatMap requirementNames (
      (if requirements == null then [ ] else [ requirements ])
      ++ concatMap (project: project.named ++ [ project.more ]) extra.projects
      ++ map (one: one.requirements) extra.built
    )
    ++ map normalizeName (filter (name: name != "_default") (attrNames providers));

  reached = sorted (
    filter (found: found.all != [ ]) (genericClosure {
      startSet = map item named;
      operator = found: map item (concatMap (offer: offer.dependencies) found.usable);
    })
  );

  # An attribute set sorts by name and keeps each once.
  sorted =
    list:
    attrValues (
      listToAttrs (
        map (value: {
          inherit (value) name;
          inherit value;
        }) list
      )
    );
  unique = names: attrNames (nameSet names);
in
{
  version = 1;
  python = python.pythonVersion;
  inherit (python.stdenv.hostPlatform) system;
  nixpkgs = pkgs.lib.version or "unknown";
  packages = concatMap (
    found:
    map (offer: {
      inherit (found) name;
      inherit (offer) attr version;
      dependencies = unique offer.dependencies;
    }) found.usable
  ) reached;
  unusable = map (found: {
    inherit (found) name;
    inherit (head found.all) attr reason;
  }) (filter (found: found.usable == [ ]) reached);
}
