# Environments with the overrides of poetry2nix, a directory with its files: `failedClaims` are those that need no build and
# do not hold, each of `builds` is one that does.
{
  pkgs ? import ../nixpkgs { },
  poetry2nix,
  filesUrl ? (builtins.fromJSON (builtins.readFile ../nixpkgs/host.json)).files,
  machBinary ? ../../build/mach,
}:
let
  mach = import ../.. { inherit pkgs; };
  inherit (pkgs) lib;

  overrides = import (poetry2nix + "/overrides") { inherit pkgs; };

  # What poetry2nix takes from nixpkgs, whatever a lock says.
  ofNixpkgs = [
    "build"
    "cython"
    "cython_0"
    "flit-core"
    "installer"
    "packaging"
    "poetry"
    "pyproject-hooks"
    "tomli"
    "wheel"
  ];

  # The program as it was built outside of Nix.
  helper = pkgs.runCommand "mach" { } ''
    mkdir -p "$out/bin"
    cp ${
      builtins.path {
        path = machBinary;
        name = "mach-binary";
      }
    } "$out/bin/mach"
    chmod +x "$out/bin/mach"
  '';

  plain = mach.mkPython {
    inherit filesUrl helper;
    requirements = ''
      markupsafe
      pybind11
      pydantic
      pyyaml
      setuptools-scm
    '';
    providers = {
      markupsafe = "sdist";
      pyyaml = "sdist";
    };
  };
  with' = overlay: plain.override { overridesPost = [ overlay ]; };

  all = with' overrides;
  most = with' (self: super: removeAttrs (overrides self super) ofNixpkgs);
  some = with' (
    self: super: {
      inherit (overrides self super) pybind11 pyyaml;
    }
  );

  isSame = env: name: env.pkgs.${name}.drvPath == plain.pkgs.${name}.drvPath;
  count = input: inputs: builtins.length (builtins.filter (other: other == input) inputs);
  claims = {
    # The build has libyaml of nixpkgs' package already; poetry2nix adds it again.
    anSdistHasItsInputs =
      count pkgs.libyaml plain.pkgs.pyyaml.src.buildInputs == 1
      && builtins.all (env: count pkgs.libyaml env.pkgs.pyyaml.src.buildInputs == 2) [
        some
        most
        all
      ];
    aWheelHasItsInputs = builtins.elem pkgs.libxcrypt most.pkgs.pydantic.buildInputs;

    # poetry2nix renames its source, and gives it setuptools.
    sourceAndBuildPackagesAreTheLocks = isSame most "markupsafe";
    # poetry2nix asks for its wheel, by an argument.
    aWheelIsAWheel = isSame most "pydantic-core";

    whatNobodySpeaksOfIsTheSame = isSame all "annotated-types" && isSame some "pydantic";
    theLockIsKept = isSame most "packaging" && !(isSame all "packaging") && !(all.pkgs.packaging ? provider);
  };

  tried =
    name: env: program:
    pkgs.runCommand "mach-poetry2nix-${name}" { } ''
      ${program}
      ${env}/bin/python -c 'import markupsafe, packaging, pybind11, pydantic, setuptools_scm, yaml; yaml.CSafeLoader' | tee "$out"
    '';
in
{
  failedClaims = builtins.filter (name: !claims.${name}) (builtins.attrNames claims);
  builds = {
    all = tried "all" all "";
    most = tried "most" most ''
      test -e ${most.pkgs.pybind11}/include/pybind11/pybind11.h
      grep -q poetry2nix ${most.pkgs.setuptools-scm}/nix-support/setup-hook
    '';
    some = tried "some" some ''
      test -e ${some.pkgs.pybind11}/include/pybind11/pybind11.h
      test ! -e ${some.pkgs.setuptools-scm}/nix-support/setup-hook
    '';
  };
}
