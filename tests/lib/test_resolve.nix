{ scope, fake }:
let
  inherit (fake) pkgs;
  resolve =
    changes:
    scope.resolve (
      {
        inherit pkgs;
        python = pkgs.python3;
        requirements = "pyyaml";
        sources = null;
        index = null;
        excludeNewer = null;
        lockHash = null;
        filesUrl = null;
        fixes = [ ];
        extra = {
          projects = [ ];
          built = [ ];
        };
        providers.pyyaml = "nixpkgs";
        overridesPre = [ ];
        db = "/store/pypi.xz";
        helper = fake.drv { name = "mach-0"; };
      }
      // changes
    );
  script = (resolve { }).script;
  contains = part: builtins.length (builtins.split part script) > 1;
in
{
  theHelperGetsAll = {
    expr = map contains [
      "'--db' '/store/pypi.xz'"
      "'--provider' 'pyyaml=nixpkgs'"
      "file=requirements.txt"
    ];
    expected = [
      true
      true
      true
    ];
  };
  # They lie in the store, where the helper knows them by their names.
  fixesAreGiven = {
    expr =
      builtins.match ".*'--fixes' '[^']*/[0-9a-z]{32}-fixes'.*" (
        builtins.replaceStrings [ "\n" ] [ " " ] (resolve { fixes = [ ./fixes ]; }).script
      ) != null;
    expected = true;
  };
  projectsAreResolvedToo =
    let
      made = resolve {
        extra = {
          projects = [
            (scope.project pkgs {
              src = ./project;
              extras = [ "docs" ];
              requirementsExtra = "more";
            })
            (scope.project pkgs {
              src = ./project;
              requirements = "a";
            })
          ];
          built = [ { requirements = "jinja2"; } ];
        };
      };
      has = part: builtins.length (builtins.split part made.script) > 1;
    in
    {
      expr = [
        (has "'/nix/store/[^']*-project/' '--extra' 'docs' '--build-of' 'my-project=/nix/store/[^']*-project'")
        (has ''-r "[$]here/packages.txt"'')
        made.more
        (map (package: package.name) (builtins.fromJSON made.facts).packages)
      ];
      expected = [
        true
        true
        "more\njinja2"
        [
          "jinja2"
          "markupsafe"
          "pyyaml"
        ]
      ];
    };
  environmentAndFactsAreJson = {
    expr =
      let
        made = resolve { };
      in
      [
        (builtins.fromJSON made.environment).markers.python_version
        (map (package: package.name) (builtins.fromJSON made.facts).packages)
      ];
    expected = [
      "3.12"
      [ "pyyaml" ]
    ];
  };
  aLiveIndex =
    let
      made = resolve {
        lockHash = "";
        index = "https://index.example/simple";
        excludeNewer = "2026-01-31";
      };
      has = part: builtins.length (builtins.split part made.script) > 1;
    in
    {
      expr = map has [
        "'--index-url' 'https://index.example/simple'"
        "'--exclude-newer' '2026-01-31'"
        "SSL_CERT_FILE="
        "--db"
      ];
      expected = [
        true
        true
        true
        false
      ];
    };
  # The host of the files is asked for what a database does not say of builds.
  aDatabaseWithTheNetwork =
    let
      made =
        filesUrl:
        resolve {
          lockHash = "";
          inherit filesUrl;
        };
      has = filesUrl: part: builtins.length (builtins.split part (made filesUrl).script) > 1;
      host = "https://index.example/files";
    in
    {
      expr = [
        (map (has host) [
          "'--db' '/store/pypi.xz'"
          "'--no-cache' '--files-url' 'https://index.example/files'"
          "SSL_CERT_FILE="
        ])
        (has "file:///files" "--files-url")
        (has null "--files-url")
        (map contains [
          "--files-url"
          "SSL_CERT_FILE="
        ])
      ];
      expected = [
        [
          true
          true
          true
        ]
        false
        false
        [
          false
          false
        ]
      ];
    };
  requirementsThatAreFiles =
    let
      made = resolve {
        sources = {
          root = "/store/requirements";
          name = "dev.txt";
        };
      };
      has = part: builtins.length (builtins.split part made.script) > 1;
    in
    {
      expr = map has [
        "cd /store/requirements"
        "file=dev.txt"
      ];
      expected = [
        true
        true
      ];
    };
  evaluatedIsNoFixedOutput = {
    expr = resolve { } ? outputHash;
    expected = false;
  };
  fixedOutput = {
    expr =
      let
        made = resolve { lockHash = "sha256-AAAA"; };
      in
      [
        made.outputHash
        made.outputHashMode
        made.outputHashAlgo
      ];
    expected = [
      "sha256-AAAA"
      "flat"
      null
    ];
  };
  # Certificates are nixpkgs', if the user has no others.
  databaseOnAServer =
    let
      made = resolve {
        lockHash = "";
        db = {
          url = "https://index.example/pypi.xz";
          hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        };
      };
      has = part: builtins.length (builtins.split part made.script) > 1;
    in
    {
      expr = map has [
        "'--db' 'https://index.example/pypi.xz#sha256-47DEQpj8HBSa[+]/TImW[+]5JCeuQeRkm5NMpJWZG3hSuFU='"
        "SSL_CERT_FILE="
        "--no-cache"
      ];
      expected = [
        true
        true
        true
      ];
    };
  # Of what is asked for in repositories only a fixed output can be made.
  repositories =
    let
      programs = changes: map (program: program.name) (resolve changes).nativeBuildInputs;
      withTags.providers.mine = "github:owner/mine";
      made = resolve (withTags // { lockHash = ""; });
      has = part: builtins.length (builtins.split part made.script) > 1;
    in
    {
      expr = [
        (programs { lockHash = ""; })
        (programs (withTags // { lockHash = ""; }))
        (programs {
          lockHash = "";
          requirements = "mine @ git+https://git.example/owner/mine";
        })
        (map has [
          "'--provider' 'mine=github:owner/mine'"
          "GIT_SSL_CAINFO="
          "--no-cache"
        ])
        (fake.stops (resolve withTags).script)
      ];
      expected = [
        [ "mach-0" ]
        [
          "mach-0"
          "git-minimal-2.51"
        ]
        [
          "mach-0"
          "git-minimal-2.51"
        ]
        [
          true
          true
          true
        ]
        true
      ];
    };
  # Nix takes an empty hash for its question what the hash is, if it knows of which kind.
  emptyHash = {
    expr = (resolve { lockHash = ""; }).outputHashAlgo;
    expected = "sha256";
  };
}
