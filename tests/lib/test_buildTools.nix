{ scope, fake }:
let
  hash = "0000000000000000000000000000000000000000000000000000000000000001";
  of =
    mach:
    scope.buildTools {
      inherit (fake) pkgs;
      entry = {
        name = "foo";
        tool = { inherit mach; };
      };
    };
  names = mach: map (input: input.name) (of mach).nativeBuildInputs;

  # The shell code, in which the text that importCargoLock is given stands for the directory that it makes.
  shown =
    mach:
    (scope.buildTools {
      pkgs = fake.pkgs // {
        rustPlatform.importCargoLock = args: args.lockFileContents;
      };
      entry = {
        name = "foo";
        tool = { inherit mach; };
      };
    }).attrs.postUnpack;
  has = text: part: builtins.length (builtins.split part text) > 1;
in
{
  whatTheBackendAsksItsSystemFor = {
    expr = map (backend: names { build-backend = backend; }) [
      "setuptools.build_meta"
      "mesonpy"
      "scikit_build_core.build"
      "scikit_build_core.setuptools.build_meta"
      "py_build_cmake.build"
      "maturin"
    ];
    expected = [
      [ ]
      [ "ninja-1.12" ]
      [
        "ninja-1.12"
        "cmake-3.31"
      ]
      [
        "ninja-1.12"
        "cmake-3.31"
      ]
      [
        "ninja-1.12"
        "cmake-3.31"
      ]
      [
        "cargo-1.86"
        "rustc-1.86"
      ]
    ];
  };
  rustByItsPlugin = {
    expr = [
      (names {
        build-backend = "setuptools.build_meta";
        build = [
          "setuptools==80"
          "setuptools-rust==1.10"
        ];
      })
      (names { build = [ "setuptools-scm==8" ]; })
    ];
    expected = [
      [
        "cargo-1.86"
        "rustc-1.86"
      ]
      [ ]
    ];
  };
  cratesAreACargoLock = {
    expr =
      let
        text = shown {
          build-backend = "maturin";
          crate-registry = "registry+https://index.example/";
          crates = [
            "serde 1.0.1 ${hash}"
            "own 0.1.0 git+https://git.example/own?rev=v1#0123"
          ];
        };
      in
      map (has text) [
        "name = \"serde\"\nversion = \"1.0.1\"\nsource = \"registry\\+https://index.example/\"\nchecksum = \"${hash}\"\n"
        "name = \"own\"\nversion = \"0.1.0\"\nsource = \"git\\+https://git.example/own\\?rev=v1#0123\"\n\n?"
        "CARGO_HOME"
      ];
    expected = [
      true
      true
      true
    ];
  };
  withoutCratesNothingIsSet = {
    expr = (of { build-backend = "maturin"; }).attrs;
    expected = { };
  };
  aProjectsOwnTree = {
    expr =
      let
        made = scope.buildTools {
          pkgs = fake.pkgs // {
            rustPlatform.importCargoLock = args: args.lockFileContents;
          };
          entry.name = "foo";
          tree = ./rusty;
        };
      in
      [
        (map (input: input.name) made.nativeBuildInputs)
        (has made.attrs.postUnpack "name = \"serde\"")
      ];
    expected = [
      [
        "cargo-1.86"
        "rustc-1.86"
      ]
      true
    ];
  };
  aLineThatIsNoCrateStops = {
    expr = fake.stops (shown {
      crates = [ "serde 1.0.1" ];
    });
    expected = true;
  };
}
