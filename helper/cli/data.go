package cli

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"mach/helper/diag"
	"mach/helper/environment"
	"mach/helper/facts"
	"mach/helper/fixes"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/pydb"
	"mach/helper/reference"
	"mach/helper/remote"
	"mach/helper/tags"
)

// openDB opens a database file, or a database on a server.
func openDB(a *app, path string) (*pydb.DB, error) {
	if remote.IsURL(path) {
		db, err := openURL(a, path)
		if err != nil {
			return nil, err
		}
		return db.DB, nil
	}
	db, err := pydb.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Usage("database %q does not exist", path).Hint("give the path of a database, such as lib/database/pypi.xz of mach, or make one: mach db build")
	case errors.Is(err, pydb.ErrNotFile):
		return nil, (&diag.Error{Code: diag.ExitUsage, Err: err}).Hint("give a file made by `mach db build`")
	case errors.Is(err, fs.ErrPermission):
		return nil, notReadable(path, err)
	case err != nil:
		return nil, dbError(err)
	}
	return db, nil
}

func notReadable(path string, err error) error {
	return diag.World("%s", path).Because(cause(err)).Hint("see who may read it: ls -l %s", path)
}

// dbError is an error of reading a database, with what to do about it.
func dbError(err error) error {
	var far *remote.Error
	if errors.As(err, &far) {
		return far // it says what to do
	}
	e := &diag.Error{Code: diag.ExitWorld, Err: err}
	var damaged *pydb.CorruptError
	if errors.As(err, &damaged) && damaged.Hint != "" {
		e.Hint("%s", damaged.Hint)
	}
	return e
}

// targetFlags say for which Python on which systems is resolved.
type targetFlags struct {
	Python      string   `placeholder:"3.12" help:"The Python to resolve for: 3.12 or 3.12.4. Default: that of python3 on PATH."`
	System      []string `placeholder:"x86_64-linux" help:"The system to resolve for, by Nix's name; repeatable: one lock for all. Default: this machine's."`
	Platform    []string `placeholder:"TAG" help:"A platform tag of the target, best first, instead of the system's own: manylinux_2_28_x86_64."`
	Environment []string `sep:"none" placeholder:"FILE" help:"The target as JSON, as lib/environment.nix makes it, instead of the three above. Repeatable."`
}

// target is an environment and its tags, and what nixpkgs offers there.
type target struct {
	env   *environment.Environment
	tags  *tags.Set
	facts *facts.Facts // nil: nothing
}

// targets are what the flags describe, sorted by system.
func (f *targetFlags) targets() ([]target, error) {
	environments, err := f.environments()
	if err != nil {
		return nil, err
	}
	all := make([]target, len(environments))
	for i, env := range environments {
		set, err := tags.New(env.Target)
		if err != nil && i < len(f.Environment) {
			return nil, badEnvironment(f.Environment[i], err)
		}
		if err != nil {
			return nil, &diag.Error{Code: diag.ExitUsage, Err: err}
		}
		all[i] = target{env: env, tags: set}
	}
	slices.SortFunc(all, func(a, b target) int { return strings.Compare(a.env.System, b.env.System) })
	return all, checkTargets(all)
}

// target is the one environment that the flags describe, and its tags.
func (f *targetFlags) target() (*environment.Environment, *tags.Set, error) {
	all, err := f.targets()
	switch {
	case err != nil:
		return nil, nil, err
	case len(all) > 1:
		return nil, nil, diag.Usage("one system at a time, and there are %d", len(all)).Hint("--system %s", all[0].env.System)
	}
	return all[0].env, all[0].tags, nil
}

// checkTargets refuses what one lock cannot hold: several Pythons, and two targets that no marker of a lock tells apart.
func checkTargets(all []target) error {
	for i, t := range all[1:] {
		before, m := all[i].env, t.env.Markers
		switch {
		case before.System == t.env.System:
			return diag.Usage("the system %s is given twice", t.env.System)
		case before.Markers.PythonVersion != m.PythonVersion || before.Markers.ImplementationName != m.ImplementationName:
			return diag.Usage("the targets are of several Pythons: %s %s and %s %s", before.Markers.ImplementationName, before.Markers.PythonVersion, m.ImplementationName, m.PythonVersion).
				Hint("make a lock for each")
		}
		for _, other := range all[:i+1] {
			if o := other.env.Markers; o.SysPlatform == m.SysPlatform && o.PlatformMachine == m.PlatformMachine {
				return diag.Usage("no marker tells %s from %s", other.env.System, t.env.System).Hint("make a lock for each")
			}
		}
	}
	return nil
}

func (f *targetFlags) environments() ([]*environment.Environment, error) {
	if len(f.Environment) > 0 {
		return f.readEnvironments()
	}
	python, systems := f.Python, f.System
	if python == "" {
		if python = pythonOnPath(); python == "" {
			return nil, diag.Usage("no python3 on PATH says for which Python to resolve").Hint("give it: --python 3.12")
		}
	}
	switch {
	case len(systems) == 0:
		systems = []string{thisSystem()}
	case len(systems) > 1 && f.Platform != nil:
		return nil, diag.Usage("--platform is for one system, and there are several").Hint("make a lock for each")
	}
	all := make([]*environment.Environment, len(systems))
	for i, system := range systems {
		var err error
		if all[i], err = environment.New(python, system, f.Platform); err != nil {
			return nil, &diag.Error{Code: diag.ExitUsage, Err: err}
		}
	}
	return all, nil
}

func (f *targetFlags) readEnvironments() ([]*environment.Environment, error) {
	if f.Python != "" || f.System != nil || f.Platform != nil {
		return nil, diag.Usage("--environment already says what --python, --system and --platform say")
	}
	all := make([]*environment.Environment, len(f.Environment))
	for i, file := range f.Environment {
		data, err := readInput(file)
		if err != nil {
			return nil, err
		}
		if all[i], err = environment.Parse(data); err != nil {
			return nil, badEnvironment(file, err)
		}
	}
	return all, nil
}

func badEnvironment(file string, err error) error {
	return diag.Input("environment %q", file).Because(err).Hint("write it with lib/environment.nix of this release of mach")
}

// pythonOnPath is the version in the name that python3 on PATH leads to, as in python3.11; "" if it has none. To run
// it would cost more than the whole resolution.
func pythonOnPath() string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		real, err := filepath.EvalSymlinks(filepath.Join(dir, "python3"))
		if err != nil {
			continue
		}
		if version, ok := strings.CutPrefix(filepath.Base(real), "python"); ok && strings.Contains(version, ".") {
			return version
		}
	}
	return ""
}

// thisSystem is Nix's name for the machine that mach runs on.
func thisSystem() string {
	cpu := map[string]string{"amd64": "x86_64", "arm64": "aarch64", "386": "i686", "arm": "armv7l"}[runtime.GOARCH]
	if cpu == "" {
		cpu = runtime.GOARCH
	}
	return cpu + "-" + runtime.GOOS
}

// choiceFlags say what is preferred.
type choiceFlags struct {
	Providers string            `placeholder:"ORDER" help:"The providers of every project, best first; one that is not listed is disabled. Default: wheel,sdist,nixpkgs."`
	Provider  map[string]string `mapsep:"none" placeholder:"NAME=ORDER" help:"The providers of one project: numpy=nixpkgs, numpy=sdist,wheel, or with a repository whose tags are releases: numpy=github:numpy/numpy. Repeatable."`
	Pre       bool              `help:"Take pre-releases like final releases."`
	Fixes     []string          `sep:"none" placeholder:"DIR" help:"A directory of fixes, beside those that mach has. Repeatable."`
	Facts     []string          `sep:"none" placeholder:"FILE" help:"What nixpkgs offers, as JSON, as lib/facts.nix makes it. Without it the provider nixpkgs has nothing. Repeatable: one for each system."`

	repositories map[string]*reference.Reference // that the orders name, by normalised names of projects
	kept         map[string]*reference.Reference // likewise those of a lock, where no order names any
}

// policy is the order of providers: the user's for the project, else what overrides/ says of it, else the user's
// order for all, else the default.
func (f *choiceFlags) policy() (provide.Policy, error) {
	policy := provide.Policy{Projects: map[string][]provide.Provider{}, Repositories: map[string]string{}}
	f.repositories = map[string]*reference.Reference{}
	var err error
	for name, order := range fixes.Providers() {
		if policy.Projects[name], err = provide.ParseProviders(strings.Join(order, ",")); err != nil {
			return policy, diag.World("overrides/providers.toml: %s", name).Because(err)
		}
	}
	if f.Providers != "" {
		if text := firstRepository(f.Providers); text != "" {
			return policy, diag.Usage("--providers: %s is of one project", text).Hint("--provider NAME=%s", text)
		}
		if policy.Default, err = provide.ParseProviders(f.Providers); err != nil {
			return policy, diag.Usage("--providers").Because(err).Hint("--providers wheel,sdist,nixpkgs")
		}
	}
	given := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.Provider)) {
		order := f.Provider[name]
		normal := pep508.NormalizeName(name)
		if other, ok := given[normal]; ok {
			return policy, diag.Usage("--provider: %q and %q are one project", other, name).Hint("--provider %s=%s", normal, order)
		}
		given[normal] = name
		if !pep508.ValidName(name) {
			return policy, diag.Usage("--provider: %q is not the name of a project", name).Hint("--provider numpy=nixpkgs")
		}
		if err := f.order(&policy, name, order); err != nil {
			return policy, err
		}
	}
	for name, r := range f.kept {
		if f.orders(name) {
			continue
		}
		policy.Projects[name], policy.Repositories[name] = []provide.Provider{provide.Tag}, r.String()
		f.repositories[name] = r
	}
	return policy, nil
}

// readInput reads a file that the user named.
func readInput(path string) ([]byte, error) {
	data, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, diag.Usage("%s: there is no such file", path)
	case errors.Is(err, syscall.EISDIR):
		return nil, diag.Usage("%s: a directory cannot be read", path)
	case err != nil:
		return nil, &diag.Error{Code: diag.ExitWorld, Err: err}
	}
	return data, nil
}

// checkDay refuses what is no day of the form 2026-01-31; "" is none.
func checkDay(day string) error {
	if day == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return diag.Usage("%q is no date", day).Hint("write it as in 2026-01-31")
	}
	return nil
}
