package foreign

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/environment"
	"mach/helper/pep440"
	"mach/helper/release"
	"mach/helper/tags"
	"mach/tests/fuzzing"
)

// hash is a sha256; in the texts of tests it is HASH.
const hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

// files are a lock and what lies beside it, by name.
type files map[string]string

// read writes the files into a directory and reads the lock among them.
func read(t *testing.T, name string, all files) (*Foreign, error) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range all {
		if err := os.WriteFile(name, []byte(strings.ReplaceAll(text, "HASH", hash)), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return Read(data, name)
}

func target(t *testing.T, python, system string) *environment.Environment {
	t.Helper()
	env, err := environment.New(python, system, nil)
	if err != nil {
		t.Fatal(err)
	}
	return env
}

// describe says what counts: the roots with their parts, and each package with its extras, needs and files.
func describe(t *Target) string {
	var b strings.Builder
	for _, req := range Requirements([]*Target{t}) {
		fmt.Fprint(&b, req.Requirement.String())
		if req.Reference != nil {
			base, _ := filepath.Abs(".")
			fmt.Fprint(&b, " @ ", strings.Replace(req.Reference.String(), base, ".", 1))
		}
		fmt.Fprintln(&b, strings.TrimRight(" "+req.Part.Extra+req.Part.Group, " "))
	}
	for _, name := range slices.Sorted(maps.Keys(t.chosen)) {
		c := t.chosen[name]
		if c.virtual {
			continue
		}
		fmt.Fprintf(&b, "- %s", c.title())
		for _, extra := range slices.Sorted(maps.Keys(c.needs)) {
			for _, n := range c.needs[extra] {
				fmt.Fprintf(&b, " %s", n.name)
				if extra != "" {
					fmt.Fprintf(&b, "(%s)", extra)
				}
			}
		}
		for _, f := range c.files {
			fmt.Fprintf(&b, " %s", f.Name)
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

const uvLockText = `version = 1
requires-python = ">=3.9"
resolution-markers = ["python_full_version >= '3.12'", "python_full_version < '3.12'"]

[[package]]
name = "app"
version = "0.1"
source = { editable = "." }
dependencies = [
    { name = "numpy", version = "1.0", source = { registry = "https://index.example/simple" }, marker = "python_full_version < '3.12'" },
    { name = "numpy", version = "2.0", source = { registry = "https://index.example/simple" }, marker = "python_full_version >= '3.12'" },
    { name = "web", extra = ["fast"] },
    { name = "member" },
]

[package.optional-dependencies]
all = [{ name = "app", extra = ["gpu"] }]
cpu = [{ name = "torch", version = "1.0", source = { registry = "https://index.example/simple" }, marker = "extra == 'extra-3-app-cpu' or extra != 'extra-3-app-gpu'" }]
gpu = [{ name = "torch", version = "2.0", source = { registry = "https://index.example/simple" }, marker = "extra == 'extra-3-app-gpu'" }]

[package.dev-dependencies]
dev = [{ name = "pytest" }]

[package.metadata]
provides-extras = ["all", "cpu", "gpu"]

[[package]]
name = "member"
version = "0.1"
source = { virtual = "packages/member" }
dependencies = [{ name = "inner" }]

[[package]]
name = "inner"
version = "3"
source = { git = "https://index.example/inner?tag=v3&subdirectory=py#0123456789abcdef0123456789abcdef01234567" }

[[package]]
name = "numpy"
version = "1.0"
source = { registry = "https://index.example/simple" }
resolution-markers = ["python_full_version < '3.12'"]
sdist = { url = "https://files.index.example/numpy-1.0.tar.gz", hash = "sha256:HASH" }

[[package]]
name = "numpy"
version = "2.0"
source = { registry = "https://index.example/simple" }
resolution-markers = ["python_full_version >= '3.12'"]
wheels = [{ url = "https://files.index.example/numpy-2.0-py3-none-any.whl", hash = "sha256:HASH" }]

[[package]]
name = "pytest"
version = "8"
source = { registry = "wheels" }
wheels = [{ path = "pytest-8-py3-none-any.whl", hash = "sha256:HASH" }]

[[package]]
name = "torch"
version = "1.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.index.example/torch-1.0-py3-none-any.whl", hash = "sha256:HASH" }]

[[package]]
name = "torch"
version = "2.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.index.example/torch-2.0-py3-none-any.whl", hash = "sha256:HASH" }]

[[package]]
name = "web"
version = "3.0"
source = { registry = "https://index.example/simple" }
dependencies = [{ name = "colour", marker = "sys_platform == 'win32'" }]
wheels = [{ url = "https://files.index.example/web-3.0-py3-none-any.whl", hash = "sha256:HASH" }]

[package.optional-dependencies]
fast = [{ name = "loop" }]

[[package]]
name = "loop"
version = "1"
source = { url = "https://files.index.example/loop-1-py3-none-any.whl" }
wheels = [{ url = "https://files.index.example/loop-1-py3-none-any.whl", hash = "sha256:HASH" }]
`

const poetryNew = `[[package]]
name = "Web"
version = "3.0"
optional = false
python-versions = ">=3.8"
groups = ["main"]
files = [
    {file = "web-3.0-py3-none-any.whl", hash = "sha256:HASH"},
    {file = "web-3.0.zip", hash = "sha256:HASH"},
    {file = "web-3.0.tar.gz", hash = "sha256:HASH"},
    {file = "web-3.0-py3.8.egg", hash = "sha256:HASH"},
]

[package.dependencies]
loop = {version = "^1.2", optional = true, markers = "extra == \"fast\""}
old = {version = "*", markers = "python_version < \"3.10\""}
tool = [
    {version = ">=1,<2", markers = "sys_platform == \"darwin\""},
    {version = ">=2", markers = "sys_platform != \"darwin\""},
]

[package.extras]
fast = ["loop (>=1.2)"]

[[package]]
name = "loop"
version = "1.4"
optional = true
python-versions = "~3.7 || ^3.8"
groups = ["main"]
markers = "extra == \"speed\""
files = [{file = "loop-1.4.tar.gz", hash = "sha256:HASH"}]

[[package]]
name = "old"
version = "1"
optional = false
python-versions = "*"
groups = ["main"]
markers = "python_version < \"3.10\""
files = [{file = "old-1.tar.gz", hash = "sha256:HASH"}]

[[package]]
name = "tool"
version = "1.9"
optional = false
python-versions = "*"
groups = ["main", "dev"]
markers = {main = "sys_platform == \"darwin\"", dev = "sys_platform == \"darwin\""}
files = [{file = "tool-1.9.tar.gz", hash = "sha256:HASH"}]

[[package]]
name = "tool"
version = "2.1"
optional = false
python-versions = "*"
groups = ["main", "dev"]
markers = {main = "sys_platform != \"darwin\"", dev = "sys_platform != \"darwin\""}
files = [{file = "tool-2.1.tar.gz", hash = "sha256:HASH"}]

[[package]]
name = "ours"
version = "1"
optional = false
python-versions = "*"
groups = ["dev"]
files = []
develop = true
[package.source]
type = "directory"
url = "../ours"

[extras]
speed = ["loop"]

[metadata]
lock-version = "2.1"
python-versions = "^3.9"
content-hash = "x"
`

const poetryOld = `[[package]]
name = "web"
version = "3.0"
optional = false
python-versions = "*"
[package.dependencies]
tool = ">=1"
[[package]]
name = "tool"
version = "2"
optional = false
python-versions = "*"
[[package]]
name = "gpu"
version = "1"
optional = true
python-versions = "*"
[[package]]
name = "pytest"
version = "8"
optional = false
python-versions = "*"
[metadata]
lock-version = "1.1"
python-versions = "*"
content-hash = "x"
[metadata.files]
web = [{file = "web-3.0.tar.gz", hash = "sha256:HASH"}]
tool = [{file = "tool-2.tar.gz", hash = "sha256:HASH"}]
gpu = [{file = "gpu-1.tar.gz", hash = "sha256:HASH"}]
pytest = [{file = "pytest-8.tar.gz", hash = "sha256:HASH"}]
`

const poetryProject = `[tool.poetry]
name = "app"
[tool.poetry.dependencies]
python = "^3.8"
web = "^3"
gpu = {version = "*", optional = true}
[tool.poetry.extras]
fast = ["gpu"]
[tool.poetry.group.test.dependencies]
pytest = "*"
`

const pdmText = `[metadata]
groups = ["default", "test"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
content_hash = "x"

[[metadata.targets]]
requires_python = ">=3.9"

[[package]]
name = "app"
version = "0"
path = "."
editable = true
groups = ["test"]
dependencies = ["web"]

[[package]]
name = "web"
version = "3.0"
requires_python = ">=3.8"
groups = ["default"]
files = [{file = "web-3.0-py3-none-any.whl", hash = "sha256:HASH"}]

[[package]]
name = "web"
version = "3.0"
extras = ["fast"]
groups = ["default"]
dependencies = ["loop>=1; sys_platform != \"win32\"", "web==3.0"]
files = [{file = "web-3.0-py3-none-any.whl", hash = "sha256:HASH"}]

[[package]]
name = "loop"
version = "1"
groups = ["default"]
marker = "sys_platform != \"win32\""
files = [{url = "https://files.index.example/loop-1-py3-none-any.whl", hash = "sha256:HASH"}]

[[package]]
name = "pytest"
version = "8"
groups = ["test"]
git = "git@index.example:pytest/pytest.git"
ref = "main"
revision = "0123456789abcdef0123456789abcdef01234567"
`

const pipfileText = `{
    "_meta": {"hash": {}, "pipfile-spec": 6, "requires": {"python_version": "3.12"},
        "sources": [{"name": "x", "url": "https://index.example/simple", "verify_ssl": true}]},
    "default": {
        "web": {"extras": ["fast"], "hashes": ["sha256:HASH"], "markers": "python_version >= '3.8'", "version": "==3.0"},
        "win": {"hashes": ["sha256:HASH"], "markers": "sys_platform == 'win32'", "version": "==1"},
        "app": {"editable": true, "path": "."},
        "tool": {"git": "https://index.example/tool.git", "ref": "0123456789abcdef0123456789abcdef01234567"}
    },
    "develop": {
        "pytest": {"hashes": ["sha256:HASH"], "version": "==8"},
        "web": {"hashes": ["sha256:HASH"], "version": "==3.0"}
    }
}
`

const pylockText = `lock-version = "1.0"
created-by = "other"
requires-python = ">=3.9"
extras = ["docs"]
dependency-groups = ["dev"]

[[packages]]
name = "web"
version = "3.0"
wheels = [{ url = "https://files.index.example/web-3.0-py3-none-any.whl", upload-time = 2026-01-31T12:00:00Z, hashes = { sha256 = "HASH" } }]

[[packages]]
name = "sphinx"
version = "8"
marker = "'docs' in extras or 'dev' in dependency_groups"
wheels = [{ name = "sphinx-8-py3-none-any.whl", path = "wheels/sphinx-8-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "win"
version = "1"
marker = "sys_platform == 'win32'"
sdist = { url = "https://files.index.example/win-1.tar.gz", hashes = { sha256 = "HASH" } }
`

// pylockDefaults is as PDM and others write it: what is always needed is a group by default, and who depends on whom is
// said for all targets at once.
const pylockDefaults = `lock-version = "1.0"
created-by = "other"
extras = ["fast"]
dependency-groups = ["default", "dev"]
default-groups = ["default"]

[[packages]]
name = "web"
version = "3.0"
marker = "'default' in dependency_groups"
dependencies = [{ name = "old", version = "1" }, { name = "old", version = "2" }, { name = "win" }]
wheels = [{ url = "https://files.index.example/web-3.0-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "old"
version = "1"
marker = "python_version < '3.10' and 'default' in dependency_groups"
wheels = [{ url = "https://files.index.example/old-1-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "old"
version = "2"
marker = "python_version >= '3.10' and 'default' in dependency_groups"
wheels = [{ url = "https://files.index.example/old-2-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "win"
version = "1"
marker = "sys_platform == 'win32' and 'default' in dependency_groups"
wheels = [{ url = "https://files.index.example/win-1-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "fast"
version = "1"
marker = "'default' in dependency_groups and 'fast' in extras"
wheels = [{ url = "https://files.index.example/fast-1-py3-none-any.whl", hashes = { sha256 = "HASH" } }]

[[packages]]
name = "lint"
version = "1"
marker = "'dev' in dependency_groups"
wheels = [{ url = "https://files.index.example/lint-1-py3-none-any.whl", hashes = { sha256 = "HASH" } }]
`

const requirementsText = `--index-url https://index.example/simple
web[fast]==3.0 \
    --hash=sha256:HASH \
    --hash=sha256:HASH
    # via app
win==1 ; sys_platform == "win32" --hash=sha256:HASH
tool @ https://files.index.example/tool-1.tar.gz --hash=sha256:HASH
`

func TestFor(t *testing.T) {
	tests := []struct {
		why    string
		name   string
		files  files
		python string
		system string
		asked  Asked
		want   string
	}{
		{
			why:  "uv: what the project always needs, its fork for this Python, and a member in the place of which its needs stand",
			name: "uv.lock", files: files{"uv.lock": uvLockText}, python: "3.12", system: "x86_64-linux",
			want: `inner @ git+https://index.example/inner@0123456789abcdef0123456789abcdef01234567#subdirectory=py
numpy==2.0
web[fast]==3.0
- inner 3
- loop 1 loop-1-py3-none-any.whl
- numpy 2.0 numpy-2.0-py3-none-any.whl
- web 3.0 loop(fast) web-3.0-py3-none-any.whl
`,
		},
		{
			why:  "uv: the other fork, an extra that names another one of the project, and a group",
			name: "uv.lock", files: files{"uv.lock": uvLockText}, python: "3.11", system: "x86_64-linux",
			asked: Asked{Extras: []string{"All", "gpu"}, Groups: []string{"dev"}},
			want: `inner @ git+https://index.example/inner@0123456789abcdef0123456789abcdef01234567#subdirectory=py
numpy==1.0
pytest==8 dev
torch==2.0 all
torch==2.0 gpu
web[fast]==3.0
- inner 3
- loop 1 loop-1-py3-none-any.whl
- numpy 1.0 numpy-1.0.tar.gz
- pytest 8 pytest-8-py3-none-any.whl
- torch 2.0 torch-2.0-py3-none-any.whl
- web 3.0 loop(fast) web-3.0-py3-none-any.whl
`,
		},
		{
			why:  "uv: a conflicting extra decides which version it is",
			name: "uv.lock", files: files{"uv.lock": uvLockText}, python: "3.12", system: "x86_64-linux", asked: Asked{Extras: []string{"cpu"}},
			want: `inner @ git+https://index.example/inner@0123456789abcdef0123456789abcdef01234567#subdirectory=py
numpy==2.0
torch==1.0 cpu
web[fast]==3.0
- inner 3
- loop 1 loop-1-py3-none-any.whl
- numpy 2.0 numpy-2.0-py3-none-any.whl
- torch 1.0 torch-1.0-py3-none-any.whl
- web 3.0 loop(fast) web-3.0-py3-none-any.whl
`,
		},
		{
			why:  "poetry 2.1: groups and markers stand at the packages; of several sdists one is taken, and no egg",
			name: "poetry.lock", files: files{"poetry.lock": poetryNew}, python: "3.12", system: "x86_64-linux",
			want: `tool==2.1
web==3.0
- tool 2.1 tool-2.1.tar.gz
- web 3.0 tool web-3.0-py3-none-any.whl web-3.0.tar.gz
`,
		},
		{
			why:  "poetry 2.1: another system, an extra, a group and a directory beside the project",
			name: "poetry.lock", files: files{"poetry.lock": poetryNew}, python: "3.9", system: "aarch64-darwin",
			asked: Asked{Extras: []string{"speed"}, AllGroups: true},
			want: `loop==1.4 speed
old==1
ours @ PARENT/ours dev
tool==1.9
tool==1.9 dev
web==3.0
- loop 1.4 loop-1.4.tar.gz
- old 1 old-1.tar.gz
- ours 1
- tool 1.9 tool-1.9.tar.gz
- web 3.0 old tool web-3.0-py3-none-any.whl web-3.0.tar.gz
`,
		},
		{
			why:  "poetry before 2.1: what is of which group the project says",
			name: "poetry.lock", files: files{"poetry.lock": poetryOld, "pyproject.toml": poetryProject}, python: "3.12", system: "x86_64-linux",
			want: "web==3.0\n- tool 2 tool-2.tar.gz\n- web 3.0 tool web-3.0.tar.gz\n",
		},
		{
			why:  "poetry before 2.1: an extra and a group of the project",
			name: "poetry.lock", files: files{"poetry.lock": poetryOld, "pyproject.toml": poetryProject}, python: "3.12", system: "x86_64-linux",
			asked: Asked{AllExtras: true, Groups: []string{"test"}},
			want:  "gpu==1 fast\npytest==8 test\nweb==3.0\n- gpu 1 gpu-1.tar.gz\n- pytest 8 pytest-8.tar.gz\n- tool 2 tool-2.tar.gz\n- web 3.0 tool web-3.0.tar.gz\n",
		},
		{
			why:  "poetry before 2.1 without the project: all that is not optional",
			name: "poetry.lock", files: files{"poetry.lock": poetryOld}, python: "3.12", system: "x86_64-linux",
			want: "pytest==8\ntool==2\nweb==3.0\n- pytest 8 pytest-8.tar.gz\n- tool 2 tool-2.tar.gz\n- web 3.0 tool web-3.0.tar.gz\n",
		},
		{
			why:  "PDM: a package and what its extras add are one",
			name: "pdm.lock", files: files{"pdm.lock": pdmText}, python: "3.12", system: "x86_64-linux",
			want: "loop==1\nweb==3.0\nweb[fast]==3.0\n- loop 1 loop-1-py3-none-any.whl\n- web 3.0 loop(fast) web-3.0-py3-none-any.whl\n",
		},
		{
			why:  "PDM: a group may be asked for as an extra; the project itself is none of the packages",
			name: "pdm.lock", files: files{"pdm.lock": pdmText}, python: "3.12", system: "x86_64-linux", asked: Asked{Extras: []string{"test"}},
			want: "loop==1\npytest @ git+ssh://git@index.example/pytest/pytest.git@0123456789abcdef0123456789abcdef01234567 test\nweb==3.0\nweb==3.0 test\nweb[fast]==3.0\n" +
				"- loop 1 loop-1-py3-none-any.whl\n- pytest 8\n- web 3.0 loop(fast) web-3.0-py3-none-any.whl\n",
		},
		{
			why:  "pipenv: names and hashes; develop is the group dev",
			name: "Pipfile.lock", files: files{"Pipfile.lock": pipfileText}, python: "3.12", system: "x86_64-linux", asked: Asked{Groups: []string{"dev"}},
			want: "pytest==8 dev\ntool @ git+https://index.example/tool.git@0123456789abcdef0123456789abcdef01234567\nweb==3.0 dev\nweb[fast]==3.0\n- pytest 8\n- tool\n- web 3.0\n",
		},
		{
			why:  "pylock.toml: groups by default are what is always needed; of the needs what is for the target",
			name: "pylock.toml", files: files{"pylock.toml": pylockDefaults}, python: "3.12", system: "x86_64-linux",
			want: "old==2\nweb==3.0\n- old 2 old-2-py3-none-any.whl\n- web 3.0 old web-3.0-py3-none-any.whl\n",
		},
		{
			why:  "pylock.toml: with those go the extra and the group that are asked for",
			name: "pylock.toml", files: files{"pylock.toml": pylockDefaults}, python: "3.9", system: "x86_64-linux", asked: Asked{AllExtras: true, AllGroups: true},
			want: "fast==1 fast\nlint==1 dev\nold==1\nweb==3.0\n- fast 1 fast-1-py3-none-any.whl\n- lint 1 lint-1-py3-none-any.whl\n" +
				"- old 1 old-1-py3-none-any.whl\n- web 3.0 old web-3.0-py3-none-any.whl\n",
		},
		{
			why:  "pylock.toml: extras and groups stand in markers, and dates are read past",
			name: "pylock.toml", files: files{"pylock.toml": pylockText}, python: "3.12", system: "x86_64-linux", asked: Asked{AllExtras: true},
			want: "sphinx==8 docs\nweb==3.0\n- sphinx 8 sphinx-8-py3-none-any.whl\n- web 3.0 web-3.0-py3-none-any.whl\n",
		},
		{
			why:  "requirements with hashes",
			name: "requirements.txt", files: files{"requirements.txt": requirementsText}, python: "3.12", system: "x86_64-linux",
			want: "tool @ https://files.index.example/tool-1.tar.gz\nweb[fast]==3.0\n- tool tool-1.tar.gz\n- web 3.0\n",
		},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			f, err := read(t, test.name, test.files)
			if err != nil {
				t.Fatal(err)
			}
			asked, err := f.Asked(test.asked)
			if err != nil {
				t.Fatal(err)
			}
			got, err := f.For(target(t, test.python, test.system), asked)
			if err != nil {
				t.Fatal(err)
			}
			here, _ := filepath.Abs(".")
			text := strings.ReplaceAll(describe(got), filepath.Dir(here), "PARENT")
			if diff := cmp.Diff(test.want, text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A requirement that only some targets have gets a marker.
func TestRequirements(t *testing.T) {
	f, err := read(t, "poetry.lock", files{"poetry.lock": poetryNew})
	if err != nil {
		t.Fatal(err)
	}
	var targets []*Target
	for _, system := range []string{"aarch64-darwin", "x86_64-linux"} {
		one, err := f.For(target(t, "3.12", system), Asked{})
		if err != nil {
			t.Fatal(err)
		}
		targets = append(targets, one)
	}
	var got []string
	for _, req := range Requirements(targets) {
		got = append(got, req.Requirement.String())
	}
	want := []string{`tool==1.9; sys_platform == "darwin"`, `tool==2.1; sys_platform == "linux"`, "web==3.0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWrong(t *testing.T) {
	tests := []struct {
		why  string
		name string
		text string
		want string
	}{
		{"a file that is no lock", "pyproject.toml", "[project]\n", "pyproject.toml: this is no lock that mach reads: those are uv.lock, poetry.lock, pdm.lock, Pipfile.lock, pylock.toml and requirements.txt with hashes"},
		{"an empty file", "uv.lock", "", "uv.lock: it is empty, and so no lock"},
		{"an empty file of poetry's", "poetry.lock", " \n", "poetry.lock: it is empty, and so no lock"},
		{"another version of uv's", "uv.lock", "version = 2\nrequires-python = '>=3.9'\n", "uv.lock: its version is 2: this mach reads 1"},
		{"a version from before", "uv.lock", "version = 1\n[[distribution]]\nname = 'a'\n", "uv.lock: it is from before uv 0.4.7, and has [[distribution]] in place of [[package]]"},
		{"another version of poetry's", "poetry.lock", "[metadata]\nlock-version = '3.0'\n", `poetry.lock: its lock-version is "3.0": this mach reads 1.0 to 2.1`},
		{"another version of PDM's", "pdm.lock", "[metadata]\nlock_version = '3.1'\n", `pdm.lock: its lock_version is "3.1": this mach reads 4`},
		{"another version of pipenv's", "Pipfile.lock", `{"_meta": {"pipfile-spec": 5}}`, "Pipfile.lock: its pipfile-spec is 5: this mach reads 6"},
		{"no TOML", "uv.lock", "version = 1\n[[package]\n", "uv.lock:2:10: expected ']]' to close array table name"},
		{"no JSON", "Pipfile.lock", "{\n\"_meta\": x}", "Pipfile.lock:2: it is no Pipfile.lock: invalid character 'x' looking for beginning of value"},
		{"a value of another kind", "uv.lock", "version = 1\n[[package]]\nname = 3\n", "uv.lock:3:8: package.name has a value of the wrong kind"},
		{
			"two things at once", "uv.lock", "version = 1\n[[package]]\nname = 'a'\nversion = 'x'\nsource = { registry = 'x' }\n\n[[package]]\nname = 'b'\nversion = '1'\nsource = { git = 'https://index.example/b' }\n",
			"uv.lock:2: package \"a\": \"x\": not a version (PEP 440)\nuv.lock:7: package \"b\": there is no commit of the repository https://index.example/b",
		},
		{"a marker that is none", "pdm.lock", "[metadata]\nlock_version = '4.5'\n[[package]]\nname = 'a'\nversion = '1'\ngroups = []\nmarker = 'x'\n", `pdm.lock:3: package "a": `},
		{"a requirement without a hash", "requirements.txt", "a==1\n", "requirements.txt:1:1: a has no --hash, so that this is no lock"},
		{"a requirement without a version", "requirements.txt", "a>=1 --hash=sha256:HASH\n", "requirements.txt:1:1: a is not pinned with ==, so that this is no lock"},
		{"a lock of mach", "pylock.toml", "lock-version = '1.0'\ncreated-by = 'mach'\npackages = []\n[tool.mach]\nversion = 1\nrequirements = []\npython = '3.12'\nsystems = ['x86_64-linux']\n", "pylock.toml is a lock of mach: it needs no --from"},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			_, err := read(t, test.name, files{test.name: test.text})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestWrongProject(t *testing.T) {
	_, err := read(t, "poetry.lock", files{"poetry.lock": poetryOld, "pyproject.toml": "[project]\ndependencies = 'a'\n"})
	if want := "pyproject.toml:2:16: project.dependencies has a value of the wrong kind"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestNotWhole(t *testing.T) {
	const lock = "version = 1\nrequires-python = '>=3.9'\n[[package]]\nname = 'app'\nversion = '1'\nsource = { virtual = '.' }\ndependencies = [{ name = 'web' }]\n"
	tests := []struct {
		why    string
		text   string
		python string
		asked  Asked
		want   string
	}{
		{"Python is another", lock, "3.8", Asked{}, "uv.lock: it is for Python >=3.9, and the target is Python 3.8.0"},
		{"something is missing", lock, "3.12", Asked{}, "uv.lock: the project needs web, and there is no such package"},
		{
			"something is there for others", lock + "[[package]]\nname = 'web'\nversion = '1'\nsource = { registry = 'https://index.example' }\nresolution-markers = [\"sys_platform == 'win32'\"]\n", "3.12", Asked{},
			"uv.lock:8: the project needs web, which is locked for other targets than x86_64-linux with Python 3.12",
		},
		{"there is no such extra", lock, "3.12", Asked{Extras: []string{"docs"}}, `uv.lock: it has no extra "docs"`},
		{"there is no such group", lock, "3.12", Asked{Groups: []string{"docs"}}, `uv.lock: it has no group "docs"`},
	}
	for _, test := range tests {
		t.Run(test.why, func(t *testing.T) {
			f, err := read(t, "uv.lock", files{"uv.lock": test.text})
			if err != nil {
				t.Fatal(err)
			}
			asked, err := f.Asked(test.asked)
			if err == nil {
				_, err = f.For(target(t, test.python, "x86_64-linux"), asked)
			}
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestConstraint(t *testing.T) {
	for text, want := range map[string]string{
		"":              "",
		"*":             "",
		"^3.9":          ">=3.9,<4",
		"^0.2.3":        ">=0.2.3,<0.3",
		"^0.0":          ">=0.0,<0.1",
		"~3.8":          ">=3.8,<3.9",
		"~3.8.1":        ">=3.8.1,<3.9",
		"~3":            ">=3,<4",
		"~=3.8":         "~=3.8",
		">=3.7, <4.0":   ">=3.7,<4.0",
		">=3.7 <4.0":    ">=3.7,<4.0",
		">= 3.7":        ">=3.7",
		"3.8.*":         "==3.8.*",
		"1.2":           "==1.2",
		"=1.2":          "==1.2",
		">=2.7,!=3.0.*": ">=2.7,!=3.0.*",
		"~2.7 || ^3.6":  ">=2.7,<2.8 or >=3.6,<4",
		"(>=1.0,<2.0)":  ">=1.0,<2.0",
		">=1 | *":       "",
		"==1.0+local":   "==1.0+local",
	} {
		c, err := parseConstraint(text)
		var got []string
		for _, s := range c {
			var clauses []string
			for _, one := range s {
				clauses = append(clauses, one.String())
			}
			got = append(got, strings.Join(clauses, ","))
		}
		if err != nil || strings.Join(got, " or ") != want {
			t.Errorf("%q: got %q, %v, want %q", text, strings.Join(got, " or "), err, want)
		}
	}
	if _, err := parseConstraint(">=banana"); err == nil {
		t.Error(">=banana is a constraint")
	}
}

func TestKind(t *testing.T) {
	for name, text := range map[string]string{
		"uv.lock": uvLockText, "poetry.lock": poetryNew, "pdm.lock": pdmText, "Pipfile.lock": pipfileText, "pylock.toml": pylockText,
	} {
		other := "other.lock"
		if name == "pylock.toml" {
			other = "pylock.other.toml"
		}
		if got := Kind("some/"+other, []byte(text)); got != name {
			t.Errorf("what is in %s is taken for %q", name, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	texts := []string{uvLockText, poetryNew, poetryOld, pdmText, pipfileText, pylockText, requirementsText}
	names := []string{"uv.lock", "poetry.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "requirements.txt"}
	for i, text := range texts {
		f.Add(i, []byte(strings.ReplaceAll(text, "HASH", hash)))
	}
	dir := f.TempDir()
	env, err := environment.New("3.12", "x86_64-linux", nil)
	if err != nil {
		f.Fatal(err)
	}
	set, err := tags.New(env.Target)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		defer fuzzing.Watch(t, len(data))()
		name := filepath.Join(dir, names[uint(kind)%uint(len(names))])
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		lock, err := Read(data, name)
		if err != nil {
			_ = err.Error()
			return
		}
		asked, _ := lock.Asked(Asked{AllExtras: true, AllGroups: true})
		one, err := lock.For(env, asked)
		if err != nil {
			return
		}
		Requirements([]*Target{one})
		db := one.Over(none{}, nil)
		for name, c := range one.chosen {
			p, err := db.Project(name)
			if c.virtual || err != nil {
				continue
			}
			r, err := p.Release(0)
			if err != nil {
				continue
			}
			for _, w := range r.Wheels {
				set.Rank(w.WheelTags)
			}
			if files, err := p.Files(0); err == nil && len(files) != len(r.Wheels)+map[bool]int{true: 1}[r.Sdist] {
				t.Errorf("%s: %d files, and a release of %v", name, len(files), r)
			}
			if _, err := p.Metadata(0, -1); err != nil {
				t.Log(err)
			}
		}
	})
}

// none is data without anything.
type none struct{}

func (none) Project(string) (release.Project, error) { return nil, release.ErrNotFound }
func (none) Near(string, int) ([]string, error)      { return nil, nil }

func FuzzConstraint(f *testing.F) {
	version, err := pep440.Parse("1.2.3")
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"^1.2 || ~2", "(>=1,<2)", "1.*", "^0.0.3-beta", "== 1 | x", "~=1.0post1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defer fuzzing.Watch(t, len(text))()
		if c, err := parseConstraint(text); err == nil {
			c.allows(version)
		}
	})
}
