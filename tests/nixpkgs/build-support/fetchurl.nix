# nixpkgs: pkgs/build-support/fetchurl. Fetched by Nix itself, so that the host needs no curl.
{ lib, files }:
let
  # The mirror of the index, as nixpkgs' mirrors.nix has it, is the file host in use.
  mirror = "mirror://pypi/";
  resolve =
    url: if lib.hasPrefix mirror url then "${files}/packages/source/${lib.removePrefix mirror url}" else url;

  hashOf =
    {
      hash ? "",
      sha256 ? "",
      outputHash ? "",
      outputHashAlgo ? null,
      ...
    }:
    if hash != "" then
      {
        outputHash = hash;
        outputHashAlgo = null;
      }
    else if sha256 != "" then
      {
        outputHash = sha256;
        outputHashAlgo = "sha256";
      }
    else
      {
        inherit outputHash;
        outputHashAlgo = if outputHash == "" then "sha256" else outputHashAlgo;
      };

  fetch =
    args@{
      url ? builtins.head args.urls,
      urls ? [ url ],
      name ? baseNameOf (builtins.head urls),
      passthru ? { },
      meta ? { },
      ...
    }:
    let
      drv = derivation (
        {
          inherit name;
          builder = "builtin:fetchurl";
          system = "builtin";
          url = resolve url;
          urls = map resolve urls;
          outputHashMode = "flat";
          executable = false;
          unpack = false;
          preferLocalBuild = true;
          impureEnvVars = lib.fetchers.proxyImpureEnvVars;
          __ignoreNulls = true;
        }
        // hashOf args
      );
    in
    lib.extendDerivation true (
      {
        inherit meta;
        overrideAttrs = f: fetch (args // lib.toExtension f args args);
      }
      // passthru
    ) drv;
in
fetch
