"sha256-M/Nukwqbr8+qEbrvqUR8j9s2lnCK5qf4EaKAFeEvMD0="
