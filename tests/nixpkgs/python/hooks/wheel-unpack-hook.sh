# Puts a wheel that is the source where the install hook looks, under its own name.
wheelUnpackPhase() {
  runHook preUnpack
  mkdir -p dist
  cp "$src" "dist/$(stripHash "$src")"
  # postUnpack is not run: there are no sources to look at.
}

if [ -z "${dontUseWheelUnpack-}" ] && [ -z "${unpackPhase-}" ]; then
  unpackPhase=wheelUnpackPhase
fi
