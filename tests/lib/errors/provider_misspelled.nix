(import ../../../lib).providers { numpy = "wheel,nixpgks"; }
