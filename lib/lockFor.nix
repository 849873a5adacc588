{
  askedOf,
  fail,
  lockAttrs,
  lockedProviders,
  normalizeName,
  otherLock,
  presentFile,
  readLock,
  relock,
  requirementKeys,
  requirementNames,
  resolve,
  select,
  standardLock,
  userPath,
  ...
}:
let
  inherit (builtins)
    addErrorContext
    concatMap
    concatStringsSep
    dirOf
    elem
    filter
    head
    length
    pathExists
    readFile
    storeDir
    unsafeDiscardStringContext
    ;

  quoted = names: concatStringsSep ", " (map (name: ''"${name}"'') names);
  missing = wanted: had: filter (key: !(elem key had)) wanted;

  # A lock that was not made just now must be for this interpreter and this system, and for the requirements if they
  # are given too. This goes for a fixed output as well: Nix does not make it again when the requirements change.
  check =
    {
      arguments,
      lock,
      where,
      relock,
    }:
    let
      inherit (arguments) python requirements;
      inherit (python.stdenv.hostPlatform) system;
      inherit (lock.tool) mach;
      inherit (arguments.extra) projects built;
      # Projects ask for more, some of which only they know.
      static = concatMap (
        project: (if project.dependencies == null then [ ] else project.dependencies) ++ [ project.more ]
      ) projects;
      wanted = requirementKeys ((if requirements == null then [ ] else [ requirements ]) ++ static);
      had = requirementKeys mach.requirements;
      isWhole = requirements != null && projects == [ ] && built == [ ];
      stop =
        what:
        fail {
          inherit what where;
          hint = relock;
        };
      list = keys: concatStringsSep ", " keys;
    in
    if mach.python != python.pythonVersion then
      stop ''the lock is for Python "${mach.python}", the interpreter is "${python.pythonVersion}"''
    else if !(elem system mach.systems) then
      stop ''the lock is for ${quoted mach.systems}, nixpkgs is for "${system}"''
    else if wanted == null || had == null || wanted == had then
      lock
    else if missing wanted had != [ ] then
      stop "the lock is older than the requirements: it was not made for ${list (missing wanted had)}"
    else if !isWhole then
      lock
    else
      stop "the lock was made for requirements that are gone: ${list (missing had wanted)}";
in
/*
  The lock for the arguments of mkPython, by one of the three ways: read from a committed file, made by a derivation
  on the database, or made by a fixed-output derivation. `file` is where it stands, `lock` what it says for this
  system, and for the extras and groups that are asked for, and `attrs` what is what in the Python set. `relock` is the
  command that makes it anew.

  Type: lockFor :: AttrSet -> { file :: path | derivation, lock, attrs :: AttrSet, where, relock :: string }

  Example:
    lockFor (arguments { inherit pkgs; lock = ./pylock.toml; })
    => { file = ./pylock.toml; lock = { packages = [ … ]; … }; attrs = { flask = "flask"; … }; }
*/
arguments:
let
  inherit (arguments) python;
  inherit (python.stdenv.hostPlatform) system;

  # Whether a lock was made for more than the projects in it need: then for a requirements file too, which the arguments
  # need not name, and without which a command would make a lock that has lost it.
  hasMore =
    mach:
    let
      needed = concatMap (entry: entry.dependencies or [ ]) (mach.project or [ ]);
    in
    missing (requirementNames (concatStringsSep "\n" mach.requirements)) needed != [ ];
  isOfDirectories = builtins.all (project: !(project ? directory)) arguments.extra.projects;
  askedFor =
    mach:
    if isTaken then asked else askedOf (
      arguments
      // (
        if arguments.requirements == null && projects != [ ] && isOfDirectories && hasMore mach then
          {
            requirements = "";
            sources.file = "requirements.txt";
          }
        else
          { }
      )
    );

  # The command for a lock of this system and of those that the lock is for already.
  command =
    asked: systems: wanted:
    relock (
      {
        inherit (arguments) fixes providers;
        inherit asked;
        output = if isTaken then dirOf arguments.lock + "/pylock.toml" else arguments.lock;
        python = python.pythonVersion;
        systems = systems ++ (if elem system systems then [ ] else [ system ]);
      }
      // wanted
    );
  again =
    asked: systems: wanted:
    if arguments.lockHash != null then
      ''lockHash = ""; and then the hash that Nix says it got''
    else
      command asked systems wanted;
  # The lock of another tool is read by a derivation, as requirements are, unless it is one that can do without.
  taken = otherLock arguments.lock;
  isTaken = taken != null;
  standard =
    if !isTaken || !taken.isStandard || arguments.lockHash != null || projects != [ ] || arguments.extra.built != [ ] then
      null
    else
      addErrorContext "while reading the lock ${toString arguments.lock}; mach check says all that is wrong with it" (
        standardLock {
          inherit (arguments)
            pkgs
            python
            providers
            fixes
            extras
            groups
            ;
          text = readFile arguments.lock;
        }
      );
  asked = if isTaken then "--from ${(userPath arguments.lock).shell}" else askedOf arguments;
  firstTime = again asked [ ] (if asked == null || projects != [ ] then wanted else { });
  # Beside what is no lock.
  elsewhere =
    let
      # What lies in the store by itself has nothing beside it.
      isAlone = dirOf (unsafeDiscardStringContext where) == storeDir;
      hasProject = !isAlone && pathExists (dirOf file + "/pyproject.toml");
    in
    command (if asked == null && hasProject then (userPath where).parent else asked) [ ] {
      output = dirOf where + "/pylock.toml";
    };

  # Extras and groups of projects that a lock was made for are in it, and belong to these.
  inherit (arguments.extra) projects;
  ofProjects =
    kind: concatMap (project: if project.given == null then project.${kind} else [ ]) projects;
  wanted = {
    extras = arguments.extras ++ ofProjects "extras";
    groups = (if arguments.groups == null then [ ] else arguments.groups) ++ ofProjects "groups";
  };
  # What the lock that is made has not, since nobody says of which project it is.
  strayIn = kind: missing (map normalizeName wanted.${kind}) (map normalizeName (ofProjects kind));
  stray = strayIn "extras" ++ strayIn "groups";
  kind = if strayIn "extras" == [ ] then "groups" else "extras";
  named = requirementNames arguments.requirements;
  source =
    if projects == [ ] || (head projects).tree == null then "./." else (userPath (head projects).tree).nix;

  made = resolve arguments;
  file =
    if standard != null then
      arguments.lock
    else if isTaken then
      made
    else if arguments.lock != null then
      presentFile {
        argument = "lock";
        path = arguments.lock;
        line = "lock = ./pylock.toml;";
        make = firstTime;
      }
    else if stray != [ ] then
      fail {
        what = ''"${head stray}" of `${kind}` belongs to a project, and none that is locked here has it'';
        where = "the argument `${kind}`";
        hint =
          if kind == "extras" && projects == [ ] && length named == 1 then
            ''requirements = "${head named}[${concatStringsSep "," (strayIn kind)}]";''
          else if kind == "extras" && projects == [ ] then
            ''write "NAME[${head stray}]" into the requirements''
          else
            ''packagesExtra = [ { src = ${source}; ${kind} = [ "${head stray}" ]; } ];'';
      }
    else
      made;
  where = toString file;
  read =
    if standard != null then
      standard
    else
      readLock {
        text = readFile file;
        inherit where elsewhere;
        relock = firstTime;
        rewrite = if arguments.lockHash == null then "${firstTime} --upgrade" else firstTime;
      };
  checked =
    if (arguments.lock == null || isTaken) && arguments.lockHash == null then
      read
    else
      check {
        inherit arguments where;
        lock = read;
        relock = anew;
      };
  anew = again (askedFor read.tool.mach) read.tool.mach.systems {
    extras = read.extras or [ ];
    groups = read.dependency-groups or [ ];
  };
  lock = select {
    lock = lockedProviders {
      inherit (arguments) pkgs providers;
      inherit where system;
      lock = checked;
      relock = anew;
    };
    inherit where system;
    inherit (wanted) extras;
    groups =
      if wanted.groups == [ ] then
        arguments.groups
      else if arguments.groups == null then
        checked.default-groups or [ ] ++ wanted.groups
      else
        wanted.groups;
    relock = command (if asked != null && projects == [ ] then "${asked} ." else askedFor checked.tool.mach) checked.tool.mach.systems;
  };
in
{
  inherit file lock where;
  relock = command (askedFor checked.tool.mach) lock.tool.mach.systems { };
  attrs = lockAttrs {
    set = python.pkgs;
    inherit lock;
  };
}
