# What the examples take from nixpkgs and tests/nixpkgs does not have, as empty packages; and the program as it was built
# outside of Nix, which tests/integration/document puts beside this file. It writes into locks where this machine's index
# keeps its files, since a mirror may not keep them where nixpkgs' fetchPypi looks.
final: prev:
let
  inherit (builtins.fromJSON (builtins.readFile ./host.json)) files;
  empty = name: prev.${name} or (final.runCommand name { } ''mkdir -p "$out/bin"'');
in
{
  graphviz = empty "graphviz";
  ruff = empty "ruff";
  zlib = empty "zlib";
  buildGoModule =
    _:
    final.runCommand "mach" { } ''
      mkdir -p "$out/bin"
      cat >"$out/bin/mach" <<'END'
      #!${final.runtimeShell}
      case $1 in
      lock) exec ${./mach-binary} "$@" --files-url ${files} ;;
      *) exec ${./mach-binary} "$@" ;;
      esac
      END
      chmod +x "$out/bin/mach"
    '';
}
