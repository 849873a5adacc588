{ scope, ... }:
let
  inherit (scope) otherFile;
  ofText = tests: {
    expr = map otherFile.ofText tests;
  };
  toml = text: otherFile.ofTOML (builtins.fromTOML text);
in
{
  locks =
    ofText [
      (builtins.readFile ./lock.toml)
      "# made by hand\nlock-version = '1.0'\n"
      "[tool.mach]\nversion = 1\n"
      "created-by='mach'\n"
    ]
    // {
      expected = [
        null
        null
        null
        null
      ];
    };
  requirements =
    ofText [
      "flask>=3\n"
      "# web\n\nflask\n"
      "flask==3.0.0 \\\n    --hash=sha256:00\n"
      "--index-url https://index.example/simple\nflask\n"
      "-r base.txt\n"
    ]
    // {
      expected = builtins.genList (_: "a requirements file") 5;
    };
  empty =
    ofText [
      ""
      "\n# nothing\n"
    ]
    // {
      expected = [
        "empty"
        "empty"
      ];
    };
  otherNotations =
    ofText [
      "{\n  \"default\": {}\n}\n"
      "{ \"_meta\": {} }"
      "{}"
      "name: web\ndependencies:\n  - flask\n"
    ]
    // {
      expected = [
        "JSON"
        "the lock of Pipenv"
        "JSON"
        "YAML"
      ];
    };
  unmerged =
    ofText [
      "lock-version = '1.0'\n<<<<<<< HEAD\n=======\n>>>>>>> other\n"
      "<<<<<<< HEAD\nlock-version = '1.0'\n"
    ]
    // {
      expected = [
        "unmerged"
        "unmerged"
      ];
    };
  ofOtherTools = {
    expr = map toml [
      "lock-version = '1.0'\n[project]\n"
      "version = 1\n[[package]]\nname = 'flask'\n"
      "[[package]]\nname = 'flask'\n[metadata]\nlock-version = '2.1'\n"
      "[metadata]\nlock_version = '4.5.0'\n[[package]]\nname = 'flask'\n"
      "[project]\nname = 'web'\n"
      "[build-system]\nrequires = []\n"
      "a = 1\n"
    ];
    expected = [
      null
      "the lock of uv"
      "the lock of Poetry"
      "the lock of PDM"
      "a pyproject.toml"
      "a pyproject.toml"
      null
    ];
  };
}
