(import ../../../lib).providers { mine = "gitlab:owner,wheel"; }
