(import ../../../lib).providers { mine = "github:owner/mine,wheel,github:other/mine"; }
