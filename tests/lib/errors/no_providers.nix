(import ../../../lib).providers { numpy = [ ]; }
