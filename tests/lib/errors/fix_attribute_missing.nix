let
  fake = import ../fake.nix;
in
((import ../../../lib).fixes
  {
    inherit (fake) pkgs;
    python = fake.pkgs.python3;
    directories = [ ../fixes ];
  }
  {
    name = "foo";
    tool.mach.fixes = [ "fixes/missing" ];
  }
).buildInputs
