package cli

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"

	"mach/helper/diag"
	"mach/helper/direct"
	"mach/helper/foreign"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/release"
)

// take makes the lock of one of another tool. Nothing is chosen but the files that fit the targets, and what sdists are
// built with.
func (c *lockCmd) take(a *app) (*resolved, error) {
	debug.SetGCPercent(patience)
	if err := c.mayTake(); err != nil {
		return nil, err
	}
	from, asked, err := c.readFrom()
	if err != nil {
		return nil, err
	}
	in := &inputs.Inputs{Options: from.Options}
	if len(c.BuildOf) > 0 {
		built, err := inputs.Read(inputs.Sources{Builds: c.BuildOf})
		if err != nil {
			return nil, err
		}
		in.Projects = built.Projects
	}
	targets, warnings, err := c.toLock()
	if err != nil {
		return nil, err
	}
	a.warn(slices.Concat(from.Warnings, warnings))
	t := &taking{lockCmd: c, app: a, in: in}
	for _, target := range targets {
		one, err := from.For(target.env, asked)
		if err != nil {
			return nil, err
		}
		t.parts = append(t.parts, one)
	}
	t.requirements = foreign.Requirements(t.parts)
	return t.resolve(targets, asked)
}

// mayTake refuses what does not go together.
func (c *lockCmd) mayTake() error {
	for name, order := range c.Provider {
		if text := firstRepository(order); text != "" {
			return diag.Usage("--from takes a lock as it is: the tags of %s are not looked at", text).
				Hint("leave out --provider %s=%s, or resolve anew: mach lock -r requirements.txt", name, order)
		}
	}
	switch {
	case len(c.Requirement)+len(c.Constraint)+len(c.Arguments) > 0:
		return diag.Usage("--from takes a lock as it is, and adds no requirements and constraints to it").
			Hint("to resolve anew, leave it out, and name what is asked for: mach lock -r requirements.txt")
	case len(c.UpgradePackage) > 0:
		return diag.Usage("--from takes a lock as it is: what it has is not upgraded").Hint("upgrade it with the tool that wrote it")
	}
	return nil
}

// isLock says that what is named among the requirements is the lock of another tool.
func (c *lockCmd) isLock() error {
	for _, name := range slices.Concat(c.Arguments, c.Requirement) {
		if base := filepath.Base(name); slices.Contains(foreignLocks, base) || lockName.MatchString(base) {
			return diag.Usage("%s is a lock, and not requirements", name).Hint("take it as it is: mach lock --from %s", name)
		}
	}
	return nil
}

// readFrom reads the lock, and which of its parts are asked for.
func (c *lockCmd) readFrom() (*foreign.Foreign, foreign.Asked, error) {
	asked := foreign.Asked{Extras: c.Extra, Groups: c.Group, AllExtras: c.AllExtras, AllGroups: c.AllGroups}
	if info, err := os.Stat(c.From); err == nil && info.IsDir() {
		return nil, asked, diag.Usage("%s: this is a directory, and --from is for a lock", c.From).Hint("--from %s", filepath.Join(c.From, lockIn(c.From)))
	}
	data, err := readInput(c.From)
	if err != nil {
		return nil, asked, err
	}
	from, err := foreign.Read(data, c.From)
	if err != nil {
		return nil, asked, err
	}
	asked, err = from.Asked(asked)
	return from, asked, err
}

// foreignLocks are the names that locks of other tools have.
var foreignLocks = []string{"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"}

// lockIn is the lock in a directory, or the name that one might have.
func lockIn(dir string) string {
	for _, name := range foreignLocks {
		if isFile(filepath.Join(dir, name)) {
			return name
		}
	}
	return foreignLocks[0]
}

// taking is the making of a lock of another one.
type taking struct {
	*lockCmd
	app          *app
	in           *inputs.Inputs
	parts        []*foreign.Target
	requirements []inputs.Requirement
}

func (t *taking) resolve(targets []target, asked foreign.Asked) (found *resolved, err error) {
	a := t.app
	for _, req := range t.requirements {
		if req.Reference == nil {
			t.in.Requirements = append(t.in.Requirements, inputs.Requirement{Requirement: pep508.Requirement{Name: req.Name}})
		}
	}
	options, from, err := t.optionsFor(a, t.in, targets[0])
	if err != nil {
		return nil, err
	}
	defer from.close()
	t.onlyFiles(&options)
	trees := t.trees()
	defer trees.Close()
	var databases []*foreign.Database
	resolvers := make([]*provide.Resolver, len(targets))
	options.BuildData = options.Database
	for i, target := range targets {
		db := t.parts[i].Over(options.BuildData, trees.build)
		databases = append(databases, db)
		options.Database, options.Environment, options.Tags, options.Facts = db, target.env, target.tags, target.facts
		if options.Preferences, err = t.earlier.preferences(target.env, t.orders); err != nil {
			return nil, err
		}
		if resolvers[i], err = provide.New(options); err != nil {
			return nil, diag.Usage("the target").Because(err)
		}
	}
	solved, err := provide.ResolveAll(a, resolvers, rooted(t.asRoots()), nil)
	if err != nil {
		return nil, t.unfit(resolveError(err))
	}
	found = &resolved{lock: resolvers[0].Lock(solved, provide.Written{
		Requirements: provide.Texts(rooted(t.asWritten())), Extras: asked.Extras, Groups: asked.Groups,
		File: t.fileOfLock(from), Beside: t.beside,
	})}
	for _, s := range solved {
		found.warnings = append(found.warnings, slices.Concat(s.Selection.Warnings, s.Builds.Warnings)...)
	}
	for _, db := range databases {
		found.warnings = append(found.warnings, db.Warnings()...)
	}
	names := found.names()
	found.warnings = slices.Concat(from.warnings(names), unique(found.warnings), t.unused(names))
	if len(t.requirements) == 0 {
		found.warnings = append(found.warnings, fmt.Sprintf("%s asks for nothing: the lock is empty", t.From))
	}
	return found, a.Err()
}

// unfit says what can be done about a lock that has no file for a target.
func (t *taking) unfit(err error) error {
	var e *diag.Error
	if diag.ExitCode(err) == diag.ExitNoSolution && errors.As(err, &e) {
		e.Hint("%s is taken as it is, and no other file is looked for: for a project of nixpkgs, add --provider NAME=nixpkgs", t.From)
	}
	return err
}

// onlyFiles has the files of the lock taken, and nixpkgs where the user says so alone: mach's own defaults do not count.
func (t *taking) onlyFiles(o *provide.Options) {
	o.Pre, o.ExcludeNewer = true, ""
	o.Direct = func(string, string) bool { return true }
	if t.Providers == "" {
		o.Policy.Default = []provide.Provider{provide.Wheel, provide.Sdist}
	}
	maps.DeleteFunc(o.Policy.Projects, func(name string, _ []provide.Provider) bool {
		for given := range t.Provider {
			if pep508.NormalizeName(given) == name {
				return false
			}
		}
		return true
	})
}

// asRoots are the requirements without versions: of each project the lock has but one.
func (t *taking) asRoots() []inputs.Requirement {
	roots := slices.Clone(t.requirements)
	for i := range roots {
		roots[i].Specifiers = nil
	}
	return roots
}

// asWritten are the requirements as they stand in the lock.
func (t *taking) asWritten() []inputs.Requirement {
	reqs := slices.Clone(t.requirements)
	for i := range reqs {
		if ref := reqs[i].Reference; ref != nil {
			reqs[i].URL = t.written(ref)
		}
	}
	return reqs
}

// fileOfLock is where a file is: as the other lock says, or as the data does.
func (t *taking) fileOfLock(from *origin) func(release.File) (url, path string) {
	ofData := from.relativeTo(t.lockDir)
	return func(f release.File) (url, path string) {
		switch {
		case f.Location != "":
			return ofData(f)
		case f.Path != "":
			return f.URL, t.beside(f.Path)
		}
		return f.URL, ""
	}
}

// trees opens source trees for what they are built with.
type trees struct {
	*direct.Opener
	app *app
	mu  sync.Mutex // an Opener is for one goroutine
}

func (t *taking) trees() *trees {
	o := &direct.Opener{Offline: t.Offline, Transport: index.NewTransport(t.transport(t.app, &t.in.Options))}
	if !t.NoCache {
		o.Cache = cmp.Or(t.CacheDir, index.CacheDir())
	}
	return &trees{Opener: o, app: t.app}
}

// build is what a source tree is built with.
func (t *trees) build(o *release.Origin) (*release.BuildSystem, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	src, err := t.Open(t.app, foreign.Reference(o))
	if err != nil {
		return nil, err
	}
	return src.BuildSystem(0)
}
