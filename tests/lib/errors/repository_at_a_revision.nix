(import ../../../lib).providers { mine = "github:owner/mine@v1.0"; }
