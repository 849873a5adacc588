(import ../../../lib).providers { mine = "gihub:owner/mine"; }
