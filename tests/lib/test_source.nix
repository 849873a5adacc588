{ scope, fake }:
let
  source =
    file: entry: filesUrl:
    scope.source
      {
        inherit (fake) pkgs;
        inherit filesUrl;
        directory = ./.;
      }
      {
      file = {
        hashes.sha256 = "aa";
      }
      // file;
      entry = {
        name = "foo-bar";
        version = "1.0";
        tool.mach = { };
      }
      // entry;
    };
  located = {
    tool.mach.locations."foo.whl" = "packages/f/foo.whl";
  };
  beside =
    hashes:
    source {
      name = "beside-1.0-py3-none-any.whl";
      path = "./beside-1.0-py3-none-any.whl";
      inherit hashes;
    } { } null;
  pypi = name: (source { inherit name; } { } null).pypi;
in
{
  byUrl = {
    expr =
      (source {
        name = "foo-1.0.zip";
        url = "https://index.example/foo-1.0.zip";
      } located "https://mirror.example").url;
    expected = "https://index.example/foo-1.0.zip";
  };
  byLocation = {
    expr = (source { name = "foo.whl"; } located "https://mirror.example").url;
    expected = "https://mirror.example/packages/f/foo.whl";
  };
  # What helps nixpkgs to guess the name of a file is of no use for one whose name is known.
  overriddenItIsTheSame = {
    expr = ((source { name = "foo.whl"; } located "https://mirror.example").override { pname = "Foo"; }).url;
    expected = "https://mirror.example/packages/f/foo.whl";
  };
  byPredictionAWheel = {
    expr = pypi "foo_bar-1.0-1-cp312-abi3-manylinux_2_17_x86_64.whl";
    expected = {
      format = "wheel";
      pname = "foo_bar";
      version = "1.0-1";
      python = "cp312";
      dist = "cp312";
      abi = "abi3";
      platform = "manylinux_2_17_x86_64";
      sha256 = "aa";
    };
  };
  byPredictionAnSdist = {
    expr = pypi "foo-bar-1.0.tar.gz";
    expected = {
      pname = "foo-bar";
      version = "1.0";
      extension = "tar.gz";
      sha256 = "aa";
    };
  };
  # The file may write the version otherwise than the lock, which has the normal form.
  byPredictionAnSdistOfAnotherSpelling = {
    expr = pypi "foo-bar-1.0.0.zip";
    expected = {
      pname = "foo-bar";
      version = "1.0.0";
      extension = "zip";
      sha256 = "aa";
    };
  };
  anEpochIsNoStoreName = {
    expr =
      (source {
        name = "foo-1!1.0.zip";
        url = "https://index.example/foo-1!1.0.zip";
      } { } null).name;
    expected = "foo-1_1.0.zip";
  };
  # In the store under its own name, by the hash of its bytes.
  beside = {
    expr =
      builtins.match ".*/[a-z0-9]{32}-beside-1\\.0-py3-none-any\\.whl" (beside {
        sha256 = "074a765cb989e94ab4f178de0c384d2c734ab58faff2617c544c15d0606bce82";
      }) != null;
    expected = true;
  };
  besideWithoutHash = {
    expr = fake.stops (beside { });
    expected = true;
  };
  withoutHash = {
    expr =
      fake.stops
        (source {
          name = "foo-1.0.zip";
          url = "https://index.example/foo-1.0.zip";
          hashes = { };
        } { } null).sha256;
    expected = true;
  };
  nowhere = {
    expr = fake.stops (source { name = "foo"; } { } null);
    expected = true;
  };
}
