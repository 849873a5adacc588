# The claims of composition.nix: sourced by `run`, whose functions it calls.

# warned NAME TEXT: the evaluation of an attribute says so.
warned() {
  name=$1 text=$2
  shift 2
  nix-instantiate . -A "$name" "$@" >"$work/log" 2>&1 && grep -qF "$text" "$work/log"
}

for name in order brought broughtForNothing again twice ofTheFirst throwing otherVersions; do
  build "composition.$name" "$@"
done
try 'composition: a cycle is named' warned composition.cycle 'sphinxcontrib-serializinghtml and sphinx depend on each other' "$@"
