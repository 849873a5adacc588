package cli

import "regexp"

// inNix are the options and commands that hints end in, as the arguments of lib/ that say the same.
var inNix = []struct {
	command *regexp.Regexp
	line    string
}{
	{regexp.MustCompile(`--provider '([^ =]+)=([^']+)'`), `providers.$1 = "$2";`},
	{regexp.MustCompile(`--provider ([^ =]+)=(\S+)`), `providers.$1 = "$2";`},
	{regexp.MustCompile(`--providers (\S+)`), `providers._default = "$1";`},
	{regexp.MustCompile(`--python (\d+)\.(\d+)\S*`), `python = "python$1$2";`},
	{regexp.MustCompile(`--exclude-newer (\S+)`), `excludeNewer = "$1";`},
	{regexp.MustCompile(`--index-url (\S+)`), `index = "$1";`},
	{regexp.MustCompile(`--files-url ([^\s,]+)`), `filesUrl = "$1";`},
	{regexp.MustCompile(`^install git: it fetches repositories$`), `lockHash = ""; and then the hash that Nix says it got: only then it may fetch repositories`},
	{regexp.MustCompile(`--db FILE`), `db = ./pypi.xz;`},
	{regexp.MustCompile(`mach lock \./? --(extra|group) (\S+)`), `packagesExtra = [ { src = ./.; ${1}s = [ "$2" ]; } ];`},
	{regexp.MustCompile(`mach lock (\./\S+)`), `packagesExtra = [ $1 ];`},
	{regexp.MustCompile(`^(name its directory: \S+ = { path|it has no members|its members are ).*`), `lock = ./pylock.toml; and make that: only there the workspace is seen`},
	{regexp.MustCompile(`mach lock \.`), `packagesExtra = [ ./. ];`},
	{regexp.MustCompile(`mach lock -r (?:\./)?([^\s/]\S*)`), `requirements = ./$1;`},
	{regexp.MustCompile(`mach lock ([^\s-]\S*)$`), `requirements = "$1";`},
}

// notInNix are those that nobody can give there.
var notInNix = regexp.MustCompile(`MACH_|mach lock|(^|[ \x60])(-o|--(db|facts|system|environment|platform|offline|upgrade|upgrade-package|build-of|find-links|no-index|trusted-host|index-url))\b`)

// asArguments says a hint in the words of lib/, which runs this program: as arguments to paste. It is "" if there are none.
func asArguments(hint string) string {
	for _, one := range inNix {
		hint = one.command.ReplaceAllString(hint, one.line)
	}
	if notInNix.MatchString(hint) {
		return ""
	}
	return hint
}
