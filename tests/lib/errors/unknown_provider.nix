(import ../../../lib).providers { numpy = "wheel,conda"; }
