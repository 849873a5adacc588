(import ../../../lib).providers { numpy = true; }
