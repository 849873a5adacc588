{
  environment,
  facts,
  fail,
  providers,
  remoteDatabase,
  ...
}:
let
  inherit (builtins) concatStringsSep;
  optionsOf = providers;
in
/*
  The lock that requirements give, as a derivation of one file: the only place that runs the helper. Errors of the
  requirements name `requirements.txt`, so the text stands under that name in the build.

  With `lockHash` the same derivation is a fixed-output one: it is not run again for a new database or helper, and it
  may use the network, so that the database may lie on a server.

  Type: resolve ::
    { pkgs, python, requirements, providers, overridesPre, database, helper, lockHash ? null } -> derivation

  Example:
    resolve { inherit pkgs database helper; python = pkgs.python3; requirements = "flask"; … }
    => «derivation …-pylock.toml.drv»
*/
{
  pkgs,
  python,
  requirements,
  providers,
  overridesPre,
  database,
  helper,
  lockHash ? null,
}:
let
  options = optionsOf providers;

  place = remoteDatabase database;
  remote =
    if lockHash == null then
      fail {
        what = "a database on a server can be read for a lock whose hash is known, and for no other";
        where = "the arguments `database` and `lockHash`";
        hint = ''lockHash = ""; and then the hash that Nix says it got'';
      }
    else
      {
        db = pkgs.lib.escapeShellArgs [ place ];
        # Nothing outlives the build, so that a cache would be for nothing. Certificates are the user's, or nixpkgs'.
        options = "--no-cache";
        setup = ''export SSL_CERT_FILE="''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}"'';
      };
  local = {
    db = "${database}";
    options = "";
    setup = "";
  };
  source = if place == null then local else remote;

  # The program's hints are for its own command line; here they are to be pasted into the arguments of mkPython.
  inArguments = concatStringsSep ";" [
    ''s/--provider ([^ =]+)=([^ ]+)/providers.\1 = "\2";/g''
    ''s/--providers ([^ ]+)/providers._default = "\1";/g''
    ''s/--python ([0-9]+)\.([0-9]+)/python = "python\1\2";/g''
  ];

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
    inherit requirements inArguments;
    environment = builtins.toJSON (environment {
      inherit pkgs python;
    });
    facts = builtins.toJSON (facts {
      inherit
        pkgs
        python
        requirements
        providers
        overridesPre
        ;
    });
    passAsFile = [
      "requirements"
      "environment"
      "facts"
    ];
    nativeBuildInputs = [ helper ];
  }
  // (if lockHash == null then { } else fixed)
) ''
  set -o pipefail
  cp "$requirementsPath" requirements.txt
  cp "$environmentPath" environment.json
  cp "$factsPath" facts.json
  ${source.setup}
  mach lock --db ${source.db} ${source.options} --environment environment.json --facts facts.json \
    ${pkgs.lib.escapeShellArgs options} -r requirements.txt -o "$out" 2>&1 | sed -E "$inArguments"
''
