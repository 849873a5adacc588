# Makes a package of links: $filesPath has lines "name file". The file "missing" stands for a program the host lacks.
set -eu
while read -r name file; do
  /bin/mkdir -p "$out/${name%/*}"
  if [ "$file" != missing ]; then
    /bin/ln -s "$file" "$out/$name"
    continue
  fi
  script="#!$BASH
echo 'error: the host has no ${name##*/}' >&2
echo 'hint: apt-get install ${name##*/}, then run tests/nixpkgs/host.sh' >&2
exit 127"
  echo "$script" >"$out/$name"
  /bin/chmod +x "$out/$name"
done <"$filesPath"
/bin/mkdir -p "$out"
