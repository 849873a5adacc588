let
  fake = import ../fake.nix;
in
((import ../../../lib).fixes
  {
    inherit (fake) pkgs;
    python = fake.pkgs.python3;
    directories = [ ];
  }
  {
    name = "foo";
    tool.mach.fixes = [ "my-overrides/libmagic" ];
  }
).buildInputs
