"sha256-gxHupHDVeQYmhrlVowPBv76SaWasep/ofKkmYCaQ6W0="
