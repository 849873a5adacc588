(import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  lock = builtins.toFile "pylock.toml" ''
    lock-version = "1.0"

    [[packages]]
    name = "flask"
    version = "3.1.0"

    [tool.mach]
    version = 1
    requirements = ["flask"]
    python = "3.12"
    systems = ["x86_64-linux"]
  '';
}
