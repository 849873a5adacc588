# Sources older than 1980 are touched: zip archives, and so wheels, know no time before.
ensureNewerSources() {
  find "$sourceRoot" '!' -newermt 1980-01-02 -exec touch -h -d 1980-01-02 '{}' +
}

postUnpackHooks+=(ensureNewerSources)
