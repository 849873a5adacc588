# The start of every build: strict shell, a path of nothing but the initial tools, and fixed time.
set -eo pipefail
shopt -s nullglob inherit_errexit

PATH=
for _dir in $initialPath; do
  PATH="$PATH${PATH:+:}$_dir/bin"
done
unset _dir

# Nix names a home that must not be there. Without a sandbox a build by root could make it, and stop all builds after.
export HOME=/dev/null/homeless-shelter
export SHELL=$shell CONFIG_SHELL=$shell
export TZ=UTC LANG=C.UTF-8
# Zip archives know no time before 1980.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
export NIX_BUILD_CORES=${NIX_BUILD_CORES:-1}
if [ "$NIX_BUILD_CORES" -eq 0 ]; then
  NIX_BUILD_CORES=$(nproc)
fi
: "${outputs:=out}"
export prefix=${prefix:-$out}
