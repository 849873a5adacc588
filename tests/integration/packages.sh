# The claims of packages.nix: sourced by `run`, whose functions it calls.

# lockPackage DIRECTORY [OPTION…]: makes the lock of a project.
lockPackage() {
  directory=$1
  shift
  mkdir -p "$locks/packages"
  nix eval --raw -f . packages.target "$@" >"$work/environment.json" &&
    "$mach" lock --db ../../lib/database/pypi.xz --files-url none --environment "$work/environment.json" "$directory" -o "$locks/packages/pylock.toml"
}

# unchanged [OPTION…]: an edit of the code builds the project anew, and resolves nothing; one of its requirements does both.
unchanged() {
  cp -r packages/flit "$work/edited"
  of() { nix-instantiate --eval --read-write-mode -A packages.ofDirectory --arg directory "$work/edited" "$@" | tr -d '"'; }
  before=$(of "$@")
  echo '# edited' >>"$work/edited/src/speaks/__init__.py"
  code=$(of "$@")
  sed -i 's/click>=8/click>=8.1/' "$work/edited/pyproject.toml"
  after=$(of "$@")
  [ "${before% *}" = "${code% *}" ] && [ "${before#* }" != "${code#* }" ] && [ "${code% *}" != "${after% *}" ]
}

try 'lock: a project' lockPackage ./packages/flit "$@"
for name in application setuptools extra more environment again changed noBuildTools sdist archive wheel template; do
  build "packages.$name" "$@"
done
for name in locked lockedEnvironment; do
  build "packages.$name" --option allow-import-from-derivation false "$@"
done
try 'packages: an edit of code resolves nothing' unchanged "$@"
refuse packages.otherPython 'speaks was built for Python' "$@"
for name in tested testedAmongOthers; do
  says "packages.$name" 'Ran 2 tests\|2 passed' "$@"
done
refuse packages.testsFail 'test_that_fails_if_it_is_to' "$@"
