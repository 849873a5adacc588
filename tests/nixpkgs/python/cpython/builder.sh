# Builds the package of the host's Python; see default.nix.
[ "$version" = "$hostVersion" ] || {
  echo "error: the host's Python is $hostVersion, not $version" >&2
  exit 1
}

lib=$out/lib/$libPrefix
mkdir -p "$out/bin" "$lib/__pycache__" "$out/$sitePackages" "$out/include"
cp "$interpreter" "$out/bin/$libPrefix"
for name in python python3; do
  ln -s "$libPrefix" "$out/bin/$name"
done
if [ -d "$include" ]; then
  ln -s "$include" "$out/include/$libPrefix"
fi

ownModule() {
  case $1 in
  sysconfig | sitecustomize | EXTERNALLY-MANAGED | __pycache__) true ;;
  *) false ;;
  esac
}

for file in "$stdlib"/*; do
  name=$(basename "$file")
  ownModule "${name%.py}" || ln -s "$file" "$lib/$name"
done
# A link to the directory of compiled modules would let the modules below be compiled into it, on the host.
for file in "$stdlib"/__pycache__/*; do
  name=$(basename "$file")
  ownModule "${name%%.*}" || ln -s "$file" "$lib/__pycache__/$name"
done

"$interpreter" -I "$configure" "$stdlib" "$lib"
cp "$sitecustomize" "$lib/sitecustomize.py"
"$out/bin/$libPrefix" -m compileall -q --invalidation-mode checked-hash "$lib"/sysconfig* "$lib/sitecustomize.py"

fixupPhase
