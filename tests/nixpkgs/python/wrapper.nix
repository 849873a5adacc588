# nixpkgs: pkgs/development/interpreters/python/{wrapper,with-packages}.nix. An interpreter that knows more packages.
{
  lib,
  buildEnv,
  makeWrapper,
  runCommand,
  stdenv,
  python,
  requiredPythonModules,
  extraLibs ? [ ],
  extraOutputsToInstall ? [ ],
  postBuild ? "",
  ignoreCollisions ? false,
  permitUserSite ? false,
  makeWrapperArgs ? [ ],
}:
let
  # With this, bin is a directory of the environment even if one package alone has programs.
  ownBin = runCommand "bin" { } ''mkdir -p "$out/bin"'';
  paths = requiredPythonModules extraLibs ++ [ ownBin ];

  env = buildEnv {
    name = "${python.name}-env";
    inherit paths ignoreCollisions;
    extraOutputsToInstall = [ "out" ] ++ extraOutputsToInstall;
    nativeBuildInputs = [ makeWrapper ];

    # Every program of the packages runs in the environment: its Python, with all of its modules.
    postBuild = ''
      wrapperArgs=(
        --set NIX_PYTHONPREFIX "$out"
        --set NIX_PYTHONEXECUTABLE "$out/bin/${python.executable}"
        --set NIX_PYTHONPATH "$out/${python.sitePackages}"
        ${lib.optionalString (!permitUserSite) "--set PYTHONNOUSERSITE true"}
        ${toString makeWrapperArgs}
      )
      for path in ${toString paths}; do
        for program in "$path"/bin/*; do
          name=$(basename "$program")
          if [ ! -f "$program" ] || [ ! -x "$program" ]; then
            continue
          fi
          rm -f "$out/bin/$name"
          if [ "$(readlink "$program")" = ${python.executable} ]; then
            ln -s ${python.executable} "$out/bin/$name"
          else
            makeWrapper "$program" "$out/bin/$name" "''${wrapperArgs[@]}"
          fi
        done
      done
    ''
    + postBuild;

    inherit (python) meta;
    passthru = python.passthru // {
      interpreter = "${env}/bin/${python.executable}";
      inherit python;
      env = stdenv.mkDerivation {
        name = "interactive-${python.name}-environment";
        nativeBuildInputs = [ env ];
        buildCommand = ''
          echo "error: the attribute env is for nix-shell, not for building" >&2
          exit 1
        '';
      };
    };
  };
in
env
