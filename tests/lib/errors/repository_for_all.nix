(import ../../../lib).providers { _default = "wheel,github:owner/mine"; }
