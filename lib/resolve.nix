{
  environment,
  facts,
  providers,
  ...
}:
let
  inherit (builtins) concatStringsSep;
  optionsOf = providers;
in
/*
  The lock that requirements give, as a derivation of one file: the only place that runs the helper. Errors of the
  requirements name `requirements.txt`, so the text stands under that name in the build.

  With `lockHash` the same derivation is a fixed-output one: it is not run again for a new database or helper.

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
  mach lock --db ${database} --environment environment.json --facts facts.json \
    ${pkgs.lib.escapeShellArgs options} -r requirements.txt -o "$out" 2>&1 | sed -E "$inArguments"
''
