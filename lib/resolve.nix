{
  environment,
  factsFor,
  fail,
  fileType,
  otherLock,
  presentFile,
  providerOrders,
  providers,
  remoteDatabase,
  repository,
  userPath,
  ...
}:
let
  inherit (builtins)
    concatMap
    concatStringsSep
    dirOf
    filter
    isPath
    match
    pathExists
    replaceStrings
    storeDir
    substring
    ;
  optionsOf = providers;

  # An option that is said once for each value.
  each =
    option: values:
    concatMap (value: [
      option
      "${value}"
    ]) values;

  # Errors are to name the file as the user knows it.
  start =
    taken: sources:
    if taken != null then
      # Paths in the lock that is made begin where the other one lies.
      ''
        mkdir project
        cp -r ${taken.root}${if taken.isAlone then " project/${taken.name}" else "/. project"}
        chmod -R u+w project
        cd project
      ''
    else if sources == null then
      ''
        cp "$requirementsPath" requirements.txt
        file=requirements.txt
      ''
    else
      ''
        cd ${sources.root}
        file=${sources.name}
      '';
in
/*
  The lock that requirements give, or the lock of another tool, as a derivation of one file: the only place that runs the
  helper. Requirements that
  are text stand in the build as `requirements.txt`, which errors name.

  With `lockHash` the same derivation is a fixed-output one: it is not run again for new data or another helper, and it
  may use the network, so that the database may lie on a server, or a live index be asked. `arguments` are those of
  mkPython, filled in.

  Type: resolve :: AttrSet -> derivation

  Example:
    resolve (arguments { inherit pkgs; requirements = "flask"; })
    => «derivation …-pylock.toml.drv»
*/
arguments:
let
  inherit (arguments)
    pkgs
    python
    requirements
    sources
    excludeNewer
    lockHash
    ;
  inherit (pkgs.lib) escapeShellArgs;

  # What is no path of the evaluator is not copied to the store, and the program says that it is not there.
  present = what: path: if isPath path then presentFile (what // { inherit path; }) else path;

  place = remoteDatabase arguments.db;
  data =
    if arguments.index != null then
      [
        "--index-url"
        arguments.index
      ]
    else if place == null then
      [
        "--db"
        "${
          present {
            argument = "db";
            line = "db = ./pypi.xz;";
          } arguments.db
        }"
      ]
    else if lockHash != null then
      [
        "--db"
        place
      ]
    else
      fail {
        what = "a database on a server can be read for a lock whose hash is known, and for no other";
        where = "the arguments `db` and `lockHash`";
        hint = ''lockHash = ""; and then the hash that Nix says it got'';
      };
  hasNetwork = lockHash != null;

  # Repositories whose tags are releases, and what else git has to fetch.
  tagged = filter (
    name: builtins.any (item: repository.parse item != null) (providerOrders arguments.providers).${name}
  ) (builtins.attrNames (providerOrders arguments.providers));
  git = [ "git+" ] ++ map (host: "${host}:") repository.hosts;
  mentionsGit = replaceStrings git (map (_: "") git) text != text;
  usesGit = lockHash != null && (tagged != [ ] || mentionsGit || projects != [ ]);

  options =
    data
    # Nothing outlives the build, so that a cache would be for nothing.
    ++ (if hasNetwork then [ "--no-cache" ] else [ ])
    # With the network sdists are read for what a database does not say of their builds.
    ++ (
      if hasNetwork && arguments.index == null && match "https?://.*" (toString arguments.filesUrl) != null then
        [
          "--files-url"
          arguments.filesUrl
        ]
      else
        [ ]
    )
    ++ (
      if excludeNewer == null then
        [ ]
      else
        [
          "--exclude-newer"
          excludeNewer
        ]
    )
    ++ each "--fixes" (
      map (present {
        argument = "fixes";
        line = "fixes = [ ./my-overrides ];";
        directory = null;
      }) arguments.fixes
    )
    ++ (
      if tagged == [ ] || lockHash != null then
        optionsOf arguments.providers
      else
        fail {
          what = "the tags of a repository can be asked for a lock whose hash is known, and for no other";
          where = "the arguments `providers.${builtins.head tagged}` and `lockHash`";
          hint = ''lockHash = ""; and then the hash that Nix says it got'';
        }
    )
    ++ concatMap (
      project:
      if project.given == null then
        [ "${readable project}/" ]
        ++ each "--extra" project.extras
        ++ each "--group" project.groups
      else
        each "--build-of" [ (if project.name == null then project.metadata else "${project.name}=${project.metadata}") ]
    ) projects;

  projectFiles = [
    "pyproject.toml"
    "setup.py"
    "setup.cfg"
    "PKG-INFO"
  ];

  taken = otherLock (arguments.lock or null);
  text = if requirements == null then "" else requirements;
  asked =
    if taken == null then
      ''-r "$file" ${if more == "" then "" else ''-r "$here/packages.txt"''} -o "$out"''
    else
      ''${
        escapeShellArgs (
          [
            "--from"
            taken.name
          ]
          ++ each "--extra" arguments.extras
          ++ each "--group" (if arguments.groups == null then [ ] else arguments.groups)
        )
      } -o made.toml'';

  # What a source asks for, if it is written down.
  readable =
    project:
    let
      inherit (project) tree;
      inside = name: pathExists (tree + "/${name}");
      path = (userPath tree).nix;
    in
    if tree == null || builtins.any inside projectFiles then
      project.metadata
    else
      fail {
        what =
          if dirOf (toString tree) != storeDir && fileType tree == "regular" then
            "what a project needs is not read from an archive"
          else
            "there is no project: it has no pyproject.toml, and no setup.py or setup.cfg";
        where = toString tree;
        hint = "{ src = ${path}; requirements = ${
          if inside "requirements.txt" then "${path}/requirements.txt" else ''"flask"''
        }; }";
      };

  inherit (arguments.extra) projects built;
  # What only these ask for.
  more = concatStringsSep "\n" (
    filter (text: text != "") (
      concatMap (project: [ project.more ]) projects ++ map (one: one.requirements) built
    )
  );

  # Errors call a project as the user does, and not by where its files are in the store.
  named = concatStringsSep ";" (map (project: "s|${project.metadata}|${nameOf project}|g") projects);
  nameOf =
    project:
    if project.tree != null && dirOf (toString project.tree) != storeDir then
      substring 2 (-1) (userPath project.tree).nix
    else
      project.directory or (if project.pname == null then "." else project.pname);

  # Certificates are the user's, or nixpkgs'.
  certificates =
    if hasNetwork then
      ''
        export SSL_CERT_FILE="''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}"
        export GIT_SSL_CAINFO="$SSL_CERT_FILE"
      ''
    else
      "";

  fixed = {
    outputHash = lockHash;
    outputHashMode = "flat";
    # Without a hash Nix has to be told which kind it is to name in its message.
    outputHashAlgo = if lockHash == "" then "sha256" else null;
    impureEnvVars = pkgs.lib.fetchers.proxyImpureEnvVars;
  };
in
pkgs.runCommand "pylock.toml" (
  {
    inherit more;
    requirements = text;
    environment = builtins.toJSON (environment {
      inherit pkgs python;
    });
    facts = builtins.toJSON (factsFor (arguments // { requirements = text; }));
    passAsFile = [
      "requirements"
      "more"
      "environment"
      "facts"
    ];
    nativeBuildInputs = [ arguments.helper ] ++ (if usesGit then [ pkgs.gitMinimal ] else [ ]);
  }
  // (if lockHash == null then { } else fixed)
) ''
  set -o pipefail
  here=$PWD
  cp "$environmentPath" environment.json
  cp "$factsPath" facts.json
  cp "$morePath" packages.txt
  ${start taken sources}
  ${certificates}
  export MACH_FOR_NIX=1 # hints are to be arguments of these functions
  mach lock --environment "$here/environment.json" --facts "$here/facts.json" ${escapeShellArgs options} \
    ${asked}${if projects == [ ] then "" else " 2>&1 | sed '${named}'"}
  ${if taken == null then "" else ''cp made.toml "$out"''}
''
