((import ../../.. { inherit (import ../fake.nix) pkgs; }).mkPython {
  requirements = ''
    flask
    -r base.txt
  '';
}).lock.script
