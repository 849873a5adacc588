{
  environment,
  factsFor,
  fail,
  providers,
  remoteDatabase,
  ...
}:
let
  inherit (builtins) concatMap concatStringsSep filter;
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
    sources:
    if sources == null then
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
  The lock that requirements give, as a derivation of one file: the only place that runs the helper. Requirements that
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
        "${arguments.db}"
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
  isRemote = arguments.index != null || place != null;

  options =
    data
    # Nothing outlives the build, so that a cache would be for nothing.
    ++ (if isRemote then [ "--no-cache" ] else [ ])
    ++ (
      if excludeNewer == null then
        [ ]
      else
        [
          "--exclude-newer"
          excludeNewer
        ]
    )
    ++ each "--fixes" arguments.fixes
    ++ optionsOf arguments.providers
    ++ concatMap (
      project:
      if project.given == null then
        [ "${project.metadata}/" ]
        ++ each "--extra" project.extras
        ++ each "--group" project.groups
      else
        each "--build-of" [ (if project.name == null then project.metadata else "${project.name}=${project.metadata}") ]
    ) projects;

  inherit (arguments.extra) projects built;
  # What only these ask for.
  more = concatStringsSep "\n" (
    filter (text: text != "") (
      concatMap (project: [ project.more ]) projects ++ map (one: one.requirements) built
    )
  );

  # The program's hints are for its own command line; here they are to be pasted into the arguments of mkPython. A
  # project is called as its own files call it.
  inArguments = concatStringsSep ";" (
    map (project: "s|${project.metadata}/||g;s|${project.metadata}|.|g") projects
    ++ [
      ''s/--provider ([^ =]+)=([^ ]+)/providers.\1 = "\2";/g''
      ''s/--providers ([^ ]+)/providers._default = "\1";/g''
      ''s/--python ([0-9]+)\.([0-9]+)/python = "python\1\2";/g''
      ''s/--exclude-newer ([^ ]+)/excludeNewer = "\1";/g''
      ''s/mach lock -r [^ ]+\.txt/requirements = .\/requirements.txt;/g''
    ]
  );

  # Certificates are the user's, or nixpkgs'.
  certificates =
    if isRemote then
      ''export SSL_CERT_FILE="''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}"''
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
    inherit requirements inArguments more;
    environment = builtins.toJSON (environment {
      inherit pkgs python;
    });
    facts = builtins.toJSON (factsFor arguments);
    passAsFile = [
      "requirements"
      "more"
      "environment"
      "facts"
    ];
    nativeBuildInputs = [ arguments.helper ];
  }
  // (if lockHash == null then { } else fixed)
) ''
  set -o pipefail
  here=$PWD
  cp "$environmentPath" environment.json
  cp "$factsPath" facts.json
  cp "$morePath" packages.txt
  ${start sources}
  ${certificates}
  mach lock --environment "$here/environment.json" --facts "$here/facts.json" ${escapeShellArgs options} \
    -r "$file" ${if more == "" then "" else ''-r "$here/packages.txt"''} -o "$out" 2>&1 | sed -E "$inArguments"
''
