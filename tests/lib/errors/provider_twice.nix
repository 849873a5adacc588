(import ../../../lib).providers { numpy = "wheel,wheel"; }
