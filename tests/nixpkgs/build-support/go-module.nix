# nixpkgs: pkgs/build-support/go/module.nix. buildGoModule: a Go module with its dependencies fetched by one hash.
{
  lib,
  stdenv,
  go,
}:
lib.makeOverridable (
  args@{
    name ? "${args.pname}-${args.version}",
    src,
    vendorHash ? throw "buildGoModule: vendorHash is missing",
    modRoot ? "./",
    subPackages ? [ ],
    ldflags ? [ ],
    tags ? [ ],
    nativeBuildInputs ? [ ],
    env ? { },
    passthru ? { },
    meta ? { },
    ...
  }:
  let
    # The modules, as `go mod vendor` writes them. Where they come from is the host's business: GOPROXY and its kin.
    goModules =
      if vendorHash == null then
        null
      else
        stdenv.mkDerivation {
          name = "${name}-go-modules";
          inherit src modRoot;
          inherit (go) GOOS GOARCH;
          patches = args.patches or [ ];
          GO111MODULE = "on";
          GOTOOLCHAIN = "local";
          nativeBuildInputs = [ go ];
          impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [
            "GOPROXY"
            "GOPRIVATE"
            "GONOSUMDB"
            "GOSUMDB"
          ];
          dontConfigure = true;
          buildPhase = ''
            runHook preBuild
            export GOCACHE=$TMPDIR/go-cache GOPATH=$TMPDIR/go
            cd "$modRoot"
            if [ -d vendor ]; then
              echo "vendor folder exists, please set 'vendorHash = null;' in your expression" >&2
              exit 10
            fi
            go mod vendor
            runHook postBuild
          '';
          installPhase = ''
            runHook preInstall
            [ -d vendor ] || {
              echo "vendor folder is empty, please set 'vendorHash = null;' in your expression" >&2
              exit 10
            }
            cp -r vendor "$out"
            runHook postInstall
          '';
          dontFixup = true;
          outputHashMode = "recursive";
          outputHash = vendorHash;
          outputHashAlgo = if vendorHash == "" then "sha256" else null;
        };

    goFlags = [ "-trimpath" ] ++ lib.optional (vendorHash != null) "-mod=vendor";
  in
  stdenv.mkDerivation (
    removeAttrs args [ "vendorHash" ]
    // {
      inherit name modRoot subPackages tags meta;
      inherit (go) GOOS GOARCH;
      nativeBuildInputs = [ go ] ++ nativeBuildInputs;
      ldflags = ldflags ++ [ "-buildid=" ];
      env = {
        CGO_ENABLED = go.CGO_ENABLED;
        GO111MODULE = "on";
        GOTOOLCHAIN = "local";
        GOFLAGS = toString goFlags;
      }
      // env;
      strictDeps = true;
      doCheck = args.doCheck or true;

      configurePhase =
        args.configurePhase or ''
          runHook preConfigure
          export GOCACHE=$TMPDIR/go-cache GOPATH=$TMPDIR/go GOPROXY=off GOSUMDB=off
          cd "$modRoot"
          ${lib.optionalString (goModules != null) "cp -r ${goModules} vendor"}
          goPackages=()
          for package in ''${subPackages:-...}; do
            goPackages+=("./$package")
          done
          goBuildFlags=(-p "$NIX_BUILD_CORES" "-ldflags=$ldflags" "-tags=''${tags// /,}")
          runHook postConfigure
        '';
      buildPhase =
        args.buildPhase or ''
          runHook preBuild
          go install "''${goBuildFlags[@]}" "''${goPackages[@]}"
          runHook postBuild
        '';
      checkPhase =
        args.checkPhase or ''
          runHook preCheck
          go test -vet=off "''${goBuildFlags[@]}" "''${goPackages[@]}"
          runHook postCheck
        '';
      installPhase =
        args.installPhase or ''
          runHook preInstall
          mkdir -p "$out"
          cp -r "$GOPATH/bin" "$out"
          runHook postInstall
        '';
      passthru = passthru // {
        inherit go goModules vendorHash;
      };
    }
  )
)
