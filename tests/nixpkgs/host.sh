#!/bin/sh
# Writes host.json beside this script: what the package set must know of the machine it stands on.
# Flakes are evaluated purely, so nothing of this can be asked during evaluation.
#
#   MACH_TEST_PYTHON   the distribution's interpreter to wrap (default /usr/bin/python3)
#   PIP_INDEX_URL      a mirror of the index, if one is used; its files are taken from the same host
set -eu

here=$(cd "$(dirname "$0")" && pwd)
python=$(readlink -f "${MACH_TEST_PYTHON:-/usr/bin/python3}")
[ -x "$python" ] || {
  echo "error: no Python at $python" >&2
  echo "hint: apt-get install python3 python3-pip" >&2
  exit 1
}

# Go need not be on the builder's path: the root of the toolchain is enough.
goroot=$(go env GOROOT 2>/dev/null || true)

exec "$python" -I "$here/host.py" "$here/host.json" "$goroot"
