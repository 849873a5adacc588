# What the scripts below tests/ share: messages, and what is missing is installed from Debian. Sourced, never run.

say() { printf '==> %s\n' "$*" >&2; }

# die MESSAGE HINT: ends the script.
die() {
	printf 'error: %s\n' "$1" >&2
	[ -z "${2:-}" ] || printf 'hint: %s\n' "$2" >&2
	exit 3
}

# need PATH PACKAGE: installs a Debian package unless PATH, a program's name or a file, is there.
need() {
	if command -v "$1" >/dev/null 2>&1 || [ -e "$1" ]; then return; fi
	command -v apt-get >/dev/null 2>&1 || die "$1 is missing, and this is not Debian" "install it in your system's way, then run this again"
	local sudo=
	[ "$(id -u)" = 0 ] || sudo=sudo
	if [ -z "${apt_updated:-}" ]; then
		say "reading Debian's package lists"
		$sudo apt-get update -qq || die "apt-get update failed" "is this machine online? run: $sudo apt-get update"
		apt_updated=1
	fi
	say "installing $2"
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null ||
		die "$2 could not be installed" "run: $sudo apt-get install $2"
}

# Nix as these scripts use it: flakes on, no binary cache (nothing of nixpkgs is fetched), and as root no build users.
export NIX_CONFIG="experimental-features = nix-command flakes
substitute = false
sandbox = false
warn-dirty = false
build-users-group ="
