(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "locked.json" ''
    {
        "_meta": { "hash": {} },
        "default": {}
    }
  '';
}
