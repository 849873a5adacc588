{
  environment,
  facts,
  providers,
  ...
}:
let
  optionsOf = providers;
in
/*
  The lock that requirements give, as a derivation of one file: the only place that runs the helper. Errors of the
  requirements name `requirements.txt`, so the text stands under that name in the build.

  With `lockHash` the same derivation is a fixed-output one: it is not run again for a new database or helper.

  Type: resolve :: { pkgs, python, requirements, providers, database, helper, lockHash ? null } -> derivation

  Example:
    resolve { inherit pkgs database helper; python = pkgs.python3; requirements = "flask"; providers = { }; }
    => «derivation …-pylock.toml.drv»
*/
{
  pkgs,
  python,
  requirements,
  providers,
  database,
  helper,
  lockHash ? null,
}:
let
  options = optionsOf providers;
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
    inherit requirements;
    environment = builtins.toJSON (environment {
      inherit pkgs python;
    });
    facts = builtins.toJSON (facts {
      inherit
        pkgs
        python
        requirements
        providers
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
  cp "$requirementsPath" requirements.txt
  cp "$environmentPath" environment.json
  cp "$factsPath" facts.json
  mach lock --db ${database} --environment environment.json --facts facts.json \
    ${pkgs.lib.escapeShellArgs options} -r requirements.txt -o "$out"
''
