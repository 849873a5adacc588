package cli

import "testing"

func TestAsArguments(t *testing.T) {
	tests := []struct{ why, hint, want string }{
		{"a provider", "use another provider: --provider numpy=sdist,wheel", `use another provider: providers.numpy = "sdist,wheel";`},
		{"several", "use another provider: --provider a=sdist --provider b=wheel", `use another provider: providers.a = "sdist"; providers.b = "wheel";`},
		{"a repository", "--provider 'a=git+https://git.example/o/r#tag-prefix=a-b-'", `providers.a = "git+https://git.example/o/r#tag-prefix=a-b-";`},
		{"a build without a network", "install git: it fetches repositories", `lockHash = ""; and then the hash that Nix says it got: only then it may fetch repositories`},
		{"the order for all", "use all providers: --providers wheel,sdist", `use all providers: providers._default = "wheel,sdist";`},
		{"a Python, whose attribute has two numbers", "use another Python: --python 3.12.4", `use another Python: python = "python312";`},
		{"a day", "leave out --exclude-newer 2026-01-31", `leave out excludeNewer = "2026-01-31";`},
		{"an index", "or name another: --index-url https://index.example/simple", `or name another: index = "https://index.example/simple";`},
		{"a database", "give the path of a database: --db FILE", "give the path of a database: db = ./pypi.xz;"},
		{"a requirements file", "name its requirements file: mach lock -r requirements.txt", "name its requirements file: requirements = ./requirements.txt;"},
		{"one in a directory", "mach lock -r my-app/requirements.txt", "requirements = ./my-app/requirements.txt;"},
		{"a project", "name its directory: mach lock .", "name its directory: packagesExtra = [ ./. ];"},
		{"a project in a directory", "name its directory: mach lock ./my-app", "name its directory: packagesExtra = [ ./my-app ];"},
		{"an extra of a project", "name the project's directory: mach lock ./ --extra docs", `name the project's directory: packagesExtra = [ { src = ./.; extras = [ "docs" ]; } ];`},
		{"requirements", "name some: mach lock flask", `name some: requirements = "flask";`},
		{"what is written into a file stays", "take its pre-releases, by a line in a requirements file: --all-releases numpy", "take its pre-releases, by a line in a requirements file: --all-releases numpy"},
		{"commands that Nix has no argument for stay", "`mach db stat https://index.example/pypi.xz` says how to pin what is there now", "`mach db stat https://index.example/pypi.xz` says how to pin what is there now"},
		{"options that cannot be given are no hint", "run it once without --offline", ""},
		{"a workspace is not there", `name its directory: lib = { path = "../lib", editable = true }`, "lock = ./pylock.toml; and make that: only there the workspace is seen"},
		{"nor are variables", "look at the URL of --db, or MACH_DB", ""},
		{"nor is a place for the lock", "name a file: -o pylock.toml", ""},
	}
	for _, tt := range tests {
		if got := asArguments(tt.hint); got != tt.want {
			t.Errorf("%s: asArguments(%q) = %q, want %q", tt.why, tt.hint, got, tt.want)
		}
	}
}
