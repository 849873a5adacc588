(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "Pipfile.lock" ''
    {
        "_meta": { "hash": {} },
        "default": {}
    }
  '';
}
