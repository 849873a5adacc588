{
  attempt,
  attrName,
  environment,
  markerHolds,
  nameSet,
  normalizeName,
  providerOrders,
  wheelRank,
  ...
}:
let
  inherit (builtins)
    all
    any
    attrNames
    attrValues
    concatMap
    concatStringsSep
    elem
    elemAt
    filter
    foldl'
    fromTOML
    genList
    head
    intersectAttrs
    isList
    isString
    length
    listToAttrs
    match
    pathExists
    readFile
    removeAttrs
    replaceStrings
    split
    stringLength
    ;

  has = part: text: replaceStrings [ part ] [ "" ] text != text;
  count = part: text: (stringLength text - stringLength (replaceStrings [ part ] [ "" ] text)) / stringLength part;

  # Nix reads no dates: those of `upload-time` become text, unless they stand in one already, as the quotes before them
  # say. null: it takes more than that to know.
  day = "([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9:]+)?)(.*)";
  withoutDates =
    line:
    let
      isInText = before: count "\"" before / 2 * 2 != count "\"" before;
      add =
        before: piece:
        let
          found = match day piece;
        in
        if isList piece then
          before + head piece
        else if found == null || isInText before then
          before + piece
        else
          before + ''"${head found}"'' + elemAt found 2;
    in
    if !(has "upload-time" line) then
      line
    else if has "'" line || has "\\" line then
      null
    else
      foldl' add "" (split "(upload-time[[:space:]]*=[[:space:]]*)" line);
  readable =
    text:
    let
      lines = map withoutDates (filter isString (split "\n" text));
    in
    if has "'''" text || has ''"""'' text || elem null lines then null else concatStringsSep "\n" lines;

  ownDefaults = (fromTOML (readFile ../overrides/providers.toml)).defaults;
  usual = [ "wheel" ];

  # Whether fixes may be for the wheel of a project: which of them are, the program says.
  mayBeFixed =
    directories: name:
    any (
      directory:
      let
        file = directory + "/${name}.toml";
        tables = (fromTOML (readFile file)).fix or [ ];
      in
      pathExists file && any (fix: elem "wheel" (fix.formats or [ "wheel" ])) tables
    ) ([ ../overrides/fixes ] ++ directories);

  # The name of a wheel, which its URL has too.
  nameOf =
    file:
    let
      found = match "[^?#]*/([^/?#%]+\\.whl)([?#].*)?" (file.url or "");
    in
    file.name or (if found == null then null else head found);

  # `>=3.9,<4` as a marker.
  ofPython =
    specifiers:
    concatStringsSep " and " (
      map (one: "python_full_version ${head (match "[[:space:]]*([<>=!~]*).*" one)} '${head (match "[[:space:]]*[<>=!~]*[[:space:]]*(.*[^[:space:]]|)[[:space:]]*" one)}'") (
        filter (one: isString one && match "[[:space:]]*" one == null) (split "," specifiers)
      )
    );
in
/*
  The pylock.toml of another tool (PEP 751) as a lock of mach for the target, without a derivation: if every project that
  counts there is a wheel with a URL and a hash, and nothing is asked for but wheels. null: it takes the program to know,
  which also says what is wrong with it. `text` is the lock; the others are arguments of mkPython.

  What a project needs is known if the lock says it, which that of uv does not.

  Type: standardLock ::
    { text, pkgs, python, providers, fixes, extras :: [string], groups :: [string] | null } -> AttrSet | null

  Example:
    standardLock { inherit pkgs; text = builtins.readFile ./pylock.toml; python = pkgs.python3; … }
    => { packages = [ { name = "flask"; … } ]; tool.mach = { python = "3.12"; … }; … }
*/
{
  text,
  pkgs,
  python,
  providers,
  fixes,
  extras,
  groups,
}:
let
  here = environment { inherit pkgs python; };
  toml = readable text;
  lock = fromTOML toml;
  rank = wheelRank here.target;
  holds = markerHolds {
    variables = here.markers;
    extras = map normalizeName extras;
    # Groups by default are what is always needed.
    groups = lock.default-groups or [ ] ++ map normalizeName (if groups == null then [ ] else groups);
  };
  runs = entry: !(entry ? requires-python) || entry.requires-python == "" || holds (ofPython entry.requires-python) == true;

  wanted = map (entry: if entry ? marker then holds entry.marker else true) lock.packages;
  kept = concatMap (i: if elemAt wanted i == true then [ (elemAt lock.packages i) ] else [ ]) (
    genList (i: i) (length lock.packages)
  );

  # The wheel that fits best. Of two that fit alike the build tag decides, which is for the program.
  wheelOf =
    entry:
    let
      fitting = filter (one: one.rank != null) (
        map (file: {
          inherit file;
          rank = if nameOf file == null then null else rank (nameOf file);
        }) entry.wheels or [ ]
      );
      best = foldl' (a: b: if b.rank < a.rank then b else a) (head fitting) fitting;
      file = best.file;
    in
    if fitting == [ ] || length (filter (one: one.rank == best.rank) fitting) > 1 then
      null
    else if !(file ? url && file ? hashes.sha256) || has "@" file.url then
      null
    else
      {
        name = nameOf file;
        inherit (file) url hashes;
      };

  orders = providerOrders providers;
  # nixpkgs comes first for few: where it has the version of the lock, the program decides.
  isInNixpkgs =
    name: version:
    let
      attr = attrName {
        set = python.pkgs;
        inherit name;
      };
    in
    attempt true (python.pkgs ? ${attr} && python.pkgs.${attr}.version or version == version);
  isWheel =
    entry:
    let
      name = normalizeName entry.name;
      order = orders.${name} or (ownDefaults.${name} or (orders._default or usual));
    in
    head order == "wheel"
    || !(orders ? ${name}) && ownDefaults ? ${name} && head order == "nixpkgs" && !(isInNixpkgs name entry.version);

  isRead =
    entry:
    entry ? name
    && entry ? version
    && !(entry ? vcs || entry ? archive || entry ? directory)
    && runs entry
    && isWheel entry
    && !(mayBeFixed fixes (normalizeName entry.name))
    && wheelOf entry != null;

  # What a project needs is said for all targets.
  needsOf =
    entry: attrNames (intersectAttrs (nameSet (map (need: normalizeName need.name) (entry.dependencies or [ ]))) byName);
  # Cycles are cut by the program.
  hasCycle =
    left:
    let
      free = filter (entry: !(any (name: left ? ${name}) (needsOf entry))) (attrValues left);
    in
    left != { } && (free == [ ] || hasCycle (removeAttrs left (map (entry: normalizeName entry.name) free)));
  byName = listToAttrs (
    map (entry: {
      name = normalizeName entry.name;
      value = entry;
    }) kept
  );

  isWhole =
    toml != null
    && lock.lock-version or null == "1.0"
    && isList (lock.packages or null)
    && runs lock
    && (!(lock ? environments) || any (marker: holds marker == true) lock.environments)
    && !(elem null wanted)
    && length (attrNames byName) == length kept
    && all isRead kept
    && !(hasCycle byName);
in
if !isWhole then
  null
else
  {
    inherit (lock) lock-version;
    extras = lock.extras or [ ];
    dependency-groups = lock.dependency-groups or [ ];
    default-groups = lock.default-groups or [ ];
    packages = map (entry: {
      name = normalizeName entry.name;
      inherit (entry) version;
      wheels = [ (wheelOf entry) ];
      dependencies = map (name: { inherit name; }) (needsOf entry);
      tool.mach.provider = "wheel";
    }) kept;
    tool.mach = {
      version = 1;
      requirements = map (entry: "${normalizeName entry.name}==${entry.version}") kept;
      python = python.pythonVersion;
      systems = [ here.system ];
      build = [ ];
    };
  }
