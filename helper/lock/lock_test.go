package lock_test

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/lock"
)

var update = flag.Bool("update", false, "write the golden files")

func hash(digit string) map[string]string {
	return map[string]string{"sha256": strings.Repeat(digit, 64)}
}

// example has a package of every provider, a cycle that is cut, and a build package that is itself an sdist.
func example() *lock.Lock {
	const files = "https://index.example/files/"
	return &lock.Lock{
		Environments:   []string{`implementation_name == "cpython" and python_version == "3.12" and sys_platform == "linux"`},
		RequiresPython: ">=3.12",
		CreatedBy:      "mach",
		Packages: []lock.Package{
			{
				Name: "flask", Version: "3.1.0", RequiresPython: ">=3.9",
				Dependencies: []lock.Dependency{{Name: "jinja2"}, {Name: "pyyaml"}},
				Wheels:       []lock.File{{Name: "flask-3.1.0-py3-none-any.whl", URL: files + "flask-3.1.0-py3-none-any.whl", Size: 102979, Hashes: hash("1")}},
				Tool:         lock.PackageTool{Mach: &lock.Provided{Provider: lock.Wheel, Locations: map[string]string{"flask-3.1.0-py3-none-any.whl": "packages/" + "flask-3.1.0-py3-none-any.whl"}}},
			},
			{
				Name: "jinja2", Version: "3.1.6",
				Dependencies: []lock.Dependency{{Name: "flask"}},
				Sdist:        &lock.File{Name: "jinja2-3.1.6.tar.gz", URL: files + "jinja2-3.1.6.tar.gz", Size: 245115, Hashes: hash("2")},
				Tool: lock.PackageTool{Mach: &lock.Provided{
					Provider: lock.Sdist, Locations: map[string]string{"jinja2-3.1.6.tar.gz": "packages/" + "jinja2-3.1.6.tar.gz"}, BuildBackend: "flit_core.buildapi",
					Build: []string{"flit-core==3.11.0"}, Cut: []string{"flask"},
				}},
			},
			{
				Name: "pyyaml", Version: "6.0.2",
				Tool: lock.PackageTool{Mach: &lock.Provided{Provider: lock.Nixpkgs, Attr: "pyyaml"}},
			},
			{
				Name:      "tool",
				Directory: &lock.Directory{Path: "./tool", Subdirectory: "python"},
				Tool:      lock.PackageTool{Mach: &lock.Provided{Provider: lock.Direct}},
			},
		},
		Tool: lock.Tool{Mach: &lock.Mach{
			Version: 1, Requirements: []string{`flask>=3; python_version > "3.8"`, "tool @ ./tool"}, Python: "3.12", Systems: []string{"x86_64-linux"},
			Database: strings.Repeat("d", 64), DatabaseDate: "2026-11-22",
			Build: []lock.Build{
				{
					ID: "flit-core==3.11.0", Name: "flit-core", Version: "3.11.0", Dependencies: []string{"toml==0.10.2"},
					Sdist:    &lock.File{Name: "flit_core-3.11.0.tar.gz", Hashes: hash("3")},
					Provided: lock.Provided{Provider: lock.Sdist, Locations: map[string]string{"flit_core-3.11.0.tar.gz": "packages/" + "flit_core-3.11.0.tar.gz"}, BuildBackend: "flit_core.buildapi"},
				},
				{
					ID: "toml==0.10.2", Name: "toml", Version: "0.10.2", RequiresPython: ">=2.6, !=3.0.*",
					Wheels:   []lock.File{{Name: "toml-0.10.2-py2.py3-none-any.whl", Hashes: hash("4")}},
					Provided: lock.Provided{Provider: lock.Wheel, Locations: map[string]string{"toml-0.10.2-py2.py3-none-any.whl": "packages/" + "toml-0.10.2-py2.py3-none-any.whl"}},
				},
			},
		}},
	}
}

// standard has the keys of PEP 751 that mach has no use for yet.
func standard() *lock.Lock {
	return &lock.Lock{
		Extras: []string{"dev", "test"}, DependencyGroups: []string{"docs"}, DefaultGroups: []string{"docs"}, CreatedBy: "other",
		Packages: []lock.Package{
			{
				Name: "attested", Version: "1.0", Index: "https://index.example/simple/",
				Sdist: &lock.File{Name: "attested-1.0.tar.gz", Path: "files/attested-1.0.tar.gz", Hashes: hash("1")},
				Wheels: []lock.File{
					{Name: "attested-1.0-cp312-cp312-win_amd64.whl", URL: "https://index.example/w.whl", Hashes: map[string]string{"sha512": strings.Repeat("5", 128), "blake2b": strings.Repeat("6", 64)}},
					{Name: "attested-1.0-py3-none-any.whl", URL: "https://index.example/a.whl", Hashes: hash("2")},
				},
				AttestationIdentities: []map[string]string{
					{"kind": "GitHub", "repository": "example/attested", "environment": "release"},
					{"kind": "Google", "email": "release@index.example", "a key": `with "quotes"`},
				},
			},
			{
				Name: "from-archive", Version: "2.0",
				Archive: &lock.Archive{URL: "https://index.example/x.zip", Size: 5, Hashes: hash("3"), Subdirectory: "src"},
			},
			{
				Name: "from-git", Version: "1.0", Marker: "'dev' in extras",
				Dependencies: []lock.Dependency{
					{Name: "attested", Version: "1.0", Index: "https://index.example/simple/"},
					{Name: "from-archive", Marker: "os_name == 'nt'", Archive: &lock.Archive{Path: "x.zip", Hashes: hash("3")}},
					{Name: "here", Directory: &lock.Directory{Path: ".", Editable: true}},
					{Name: "from-git", VCS: &lock.VCS{Type: "git", Path: "../x", CommitID: strings.Repeat("c0ffee00", 5)}},
				},
				VCS: &lock.VCS{Type: "git", URL: "https://git.example/x", RequestedRevision: "main", CommitID: strings.Repeat("c0ffee00", 5), Subdirectory: "py"},
			},
			{Name: "here", Directory: &lock.Directory{Path: ".", Editable: true}},
		},
	}
}

// systems is for two systems, with an extra and a group: entries of one name with disjoint markers, a wheel for each
// system, a package from nixpkgs that other tools can install, and two build packages of one id.
func systems() *lock.Lock {
	const where, linux, darwin = "https://index.example/files/", "x86_64-linux", "aarch64-darwin"
	wheel := func(name string) lock.File { return lock.File{Name: name, URL: where + name, Hashes: hash("1")} }
	provided := func(p lock.Provided) lock.PackageTool { return lock.PackageTool{Mach: &p} }
	build := func(system, digit string) lock.Build {
		return lock.Build{
			ID: "cython==3.1.0", Name: "cython", Version: "3.1.0",
			Wheels:   []lock.File{{Name: "cython-3.1.0-cp312-cp312-" + digit + ".whl", Path: "wheels/cython-3.1.0-cp312-cp312-" + digit + ".whl", Hashes: hash(digit)}},
			Provided: lock.Provided{Provider: lock.Wheel, Systems: []string{system}},
		}
	}
	return &lock.Lock{
		Environments: []string{`sys_platform == "darwin" and platform_machine == "arm64"`, `sys_platform == "linux" and platform_machine == "x86_64"`},
		Extras:       []string{"docs"}, DependencyGroups: []string{"dev"}, CreatedBy: "mach",
		Packages: []lock.Package{
			{
				Name: "ipython", Version: "9.0", Marker: `"dev" in dependency_groups or "docs" in extras`,
				Dependencies: []lock.Dependency{{Name: "numpy", Version: "1.26.4"}, {Name: "numpy", Version: "2.0.0"}},
				Wheels:       []lock.File{wheel("ipython-9.0-py3-none-any.whl")},
				Tool:         provided(lock.Provided{Provider: lock.Wheel, Extras: []string{"docs"}, Groups: []string{"dev"}}),
			},
			{
				Name: "numpy", Version: "1.26.4", Marker: `sys_platform == "darwin"`,
				Wheels: []lock.File{wheel("numpy-1.26.4-cp312-cp312-macosx_11_0_arm64.whl")},
				Tool:   provided(lock.Provided{Provider: lock.Nixpkgs, Systems: []string{darwin}, Attr: "numpy_1"}),
			},
			{
				Name: "numpy", Version: "2.0.0", Marker: `sys_platform == "linux"`,
				Sdist: &lock.File{Name: "numpy-2.0.0.tar.gz", URL: where + "numpy-2.0.0.tar.gz", Hashes: hash("2")},
				Tool: provided(lock.Provided{
					Provider: lock.Sdist, Systems: []string{linux}, BuildBackend: "mesonpy", Build: []string{"cython==3.1.0"},
				}),
			},
			{
				Name: "pyyaml", Version: "6.0",
				Wheels: []lock.File{wheel("pyyaml-6.0-cp312-cp312-macosx_11_0_arm64.whl"), wheel("pyyaml-6.0-cp312-cp312-manylinux_2_17_x86_64.whl")},
				Tool: provided(lock.Provided{Provider: lock.Wheel, Wheel: map[string]string{
					darwin: "pyyaml-6.0-cp312-cp312-macosx_11_0_arm64.whl", linux: "pyyaml-6.0-cp312-cp312-manylinux_2_17_x86_64.whl",
				}}),
			},
		},
		Tool: lock.Tool{Mach: &lock.Mach{
			Version: 1, Requirements: []string{"numpy", "pyyaml", `ipython; "docs" in extras`, `ipython; "dev" in dependency_groups`},
			Python: "3.12", Systems: []string{darwin, linux}, ExcludeNewer: "2026-01-31",
			Projects: []lock.Project{
				{Name: "me", Version: "1.0", Systems: []string{darwin}, Dependencies: []string{"ipython", "numpy"}},
				{Name: "me", Version: "1.0", Systems: []string{linux}, Dependencies: []string{"ipython", "numpy"}, Build: []string{"cython==3.1.0"}},
			},
			Build: []lock.Build{build(darwin, "3"), build(linux, "4")},
		}},
	}
}

func TestMarshal(t *testing.T) {
	for file, l := range map[string]*lock.Lock{
		"testdata/pylock.example.toml": example(), "testdata/pylock.standard.toml": standard(), "testdata/pylock.systems.toml": systems(),
	} {
		t.Run(file, func(t *testing.T) {
			got := l.Marshal()
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			back, err := lock.Read(want, file)
			if diff := cmp.Diff(l, back); err != nil || diff != "" {
				t.Errorf("read back: %v\n-want +got\n%s", err, diff)
			}
		})
	}
}

// TestMarshalEmpty: a lock of nothing still has the keys that the standard and the library require.
func TestMarshalEmpty(t *testing.T) {
	l := &lock.Lock{CreatedBy: "mach", Tool: lock.Tool{Mach: &lock.Mach{Version: 1, Python: "3.12", Systems: []string{"x86_64-linux"}}}}
	want := `lock-version = "1.0"
created-by = "mach"
packages = []

[tool.mach]
version = 1
requirements = []
python = "3.12"
systems = ["x86_64-linux"]
`
	if diff := cmp.Diff(want, string(l.Marshal())); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	back, err := lock.Read([]byte(want), "pylock.toml")
	if diff := cmp.Diff(l, back); err != nil || diff != "" {
		t.Errorf("%v\n-want +got\n%s", err, diff)
	}
}

// TestMarshalSorts: the order of the packages is the writer's, and the lock keeps its own.
func TestMarshalSorts(t *testing.T) {
	l := example()
	l.Packages[0], l.Packages[2] = l.Packages[2], l.Packages[0]
	l.Tool.Mach.Build[0], l.Tool.Mach.Build[1] = l.Tool.Mach.Build[1], l.Tool.Mach.Build[0]
	if diff := cmp.Diff(string(example().Marshal()), string(l.Marshal())); diff != "" {
		t.Errorf("-sorted +unsorted\n%s", diff)
	}
	if l.Packages[0].Name != "pyyaml" {
		t.Error("Marshal moved the packages of the lock")
	}
}

// TestOtherReaders gives the golden files to those who read a lock besides us, where they are installed.
func TestOtherReaders(t *testing.T) {
	const packaging = `import sys, tomllib; from packaging.pylock import Pylock; Pylock.from_dict(tomllib.load(open(sys.argv[1], "rb")))`
	const nix = `{ path }: builtins.deepSeq (builtins.fromTOML (builtins.readFile (/. + path))) "read"`
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"pylock.example.toml", "pylock.standard.toml", "pylock.systems.toml"} {
		file = dir + "/testdata/" + file
		t.Run("packaging", func(t *testing.T) {
			if exec.Command("python3", "-c", "import packaging.pylock, tomllib").Run() != nil {
				t.Skip("packaging is not installed")
			}
			if out, err := exec.Command("python3", "-c", packaging, file).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", file, err, out)
			}
		})
		t.Run("nix", func(t *testing.T) {
			if _, err := exec.LookPath("nix-instantiate"); err != nil {
				t.Skip("Nix is not installed")
			}
			cmd := exec.Command("nix-instantiate", "--eval", "--readonly-mode", "--expr", nix, "--argstr", "path", file)
			if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "read") {
				t.Errorf("%s: %v\n%s", file, err, out)
			}
		})
	}
}
