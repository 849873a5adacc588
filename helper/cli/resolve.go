package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"

	"mach/helper/backend"
	"mach/helper/diag"
	"mach/helper/fixes"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/pydb"
	"mach/helper/release"
)

// resolveFlags are the flags of each command that resolves.
type resolveFlags struct {
	Requirement []string `short:"r" sep:"none" placeholder:"FILE" help:"A requirements file, Pipfile, environment.yml or script; a path, a URL, or - for standard input. Repeatable."`
	Constraint  []string `short:"c" sep:"none" placeholder:"FILE" help:"A constraints file: it limits versions and asks for nothing. Repeatable."`
	Extra       []string `placeholder:"NAME" help:"Optional dependencies of the project directory. Repeatable."`
	AllExtras   bool     `help:"All optional dependencies of the project directory."`
	Group       []string `placeholder:"NAME" help:"A dependency group of the project directory. Repeatable."`
	AllGroups   bool     `help:"All dependency groups of the project directory."`
	BuildOf     []string `sep:"none" placeholder:"[NAME=]DIR" help:"A project's directory of which only what it is built with is wanted. Repeatable."`

	sourceFlags
	targetFlags
	choiceFlags

	lockDir string   // of the lock that is written, for the paths in it
	earlier *earlier // the lock that is made anew; nil: there is none
}

// resolved is a finished resolution.
type resolved struct {
	lock     *lock.Lock
	moved    []provide.Move // what could not stay as it was in the earlier lock
	warnings []string
}

// names are the projects in the lock, build requirements included.
func (r *resolved) names() []string {
	var names []string
	for _, p := range r.lock.Packages {
		names = append(names, p.Name)
	}
	for _, b := range r.lock.Tool.Mach.Build {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// patience is how much garbage may lie about, in percent of what is live. Most resolutions are over before there is
// so much: collecting it took half of their time, and saved no memory.
const patience = 400

// resolve reads the inputs, resolves them and the build requirements of sdists for each system, and makes the lock.
func (f *resolveFlags) resolve(a *app, arguments []string) (found *resolved, err error) {
	debug.SetGCPercent(patience)
	in, err := f.read(a, arguments)
	if err != nil {
		return nil, err
	}
	targets, warnings, err := f.toLock()
	if err != nil {
		return nil, err
	}
	a.warn(warnings)
	found, err = f.resolveFor(a, in, targets)
	if f.changed(err) {
		f.anew = true
		found, err = f.resolveFor(a, in, targets)
	}
	return found, err
}

// resolveFor resolves for the targets, on what the data is now.
func (f *resolveFlags) resolveFor(a *app, in *inputs.Inputs, targets []target) (found *resolved, err error) {
	options, from, err := f.optionsFor(a, in, targets[0])
	if err != nil {
		return nil, err
	}
	defer from.close()
	defer func() {
		if err != nil {
			a.warn(from.warnings(nil))
		}
	}()
	resolvers, err := f.resolvers(in, options, from, targets)
	if err != nil {
		return nil, err
	}
	requirements, constraints := rooted(in.Requirements), rooted(in.Constraints)
	solved, err := provide.ResolveAll(a, resolvers, requirements, slices.Concat(constraints, f.earlier.constraints()))
	if err != nil {
		if err = resolveError(err); diag.ExitCode(err) == diag.ExitNoSolution {
			err = cmp.Or(noneOfHashes(in, options.Database, options.Environment), err)
		}
		return nil, err
	}
	found = &resolved{lock: resolvers[0].Lock(solved, provide.Written{
		Requirements: provide.Texts(requirements), Constraints: provide.Texts(constraints),
		Extras: in.Extras, Groups: in.Groups, File: from.relativeTo(f.lockDir), Beside: f.beside,
	})}
	for _, s := range solved {
		if err := checkHashes(in, s.Environment, s.Selection); err != nil {
			return nil, err
		}
		found.moved = append(found.moved, s.Selection.Moved...)
		found.warnings = append(found.warnings, slices.Concat(s.Selection.Warnings, s.Builds.Warnings)...)
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	names := found.names()
	found.warnings = slices.Concat(from.warnings(names), unique(found.warnings), f.unused(names), f.earlier.unknown(names), f.earlier.newer(found.lock))
	if len(requirements)+len(in.Projects) == 0 { // a project may do without
		found.warnings = append(found.warnings, "there are no requirements: the lock is empty")
	}
	return found, nil
}

// read reads what the flags and arguments name.
func (f *resolveFlags) read(a *app, arguments []string) (*inputs.Inputs, error) {
	in, err := inputs.Read(inputs.Sources{
		Files: f.Requirement, Constraints: f.Constraint, Arguments: arguments, Stdin: a.stdin,
		Extras: f.Extra, AllExtras: f.AllExtras, Groups: f.Group, AllGroups: f.AllGroups, Builds: f.BuildOf,
		Fetch: f.fetch(a),
	})
	if err != nil {
		return nil, err
	}
	a.warn(in.Warnings)
	if f.Python == "" && len(f.Environment) == 0 {
		f.Python = in.PinnedPython()
	}
	return in, nil
}

// unique keeps the first of equal texts.
func unique(texts []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(texts, func(text string) bool {
		had := seen[text]
		seen[text] = true
		return had
	})
}

// resolvers makes one for each target. They share what is read.
func (f *resolveFlags) resolvers(in *inputs.Inputs, options provide.Options, from *origin, targets []target) ([]*provide.Resolver, error) {
	first := map[*place]*provide.Resolver{}
	all := make([]*provide.Resolver, len(targets))
	for i, t := range targets {
		options.Environment = t.env
		if err := checkPython(in, options); err != nil {
			return nil, err
		}
		prefs, err := f.earlier.preferences(t.env, f.orders)
		if err != nil {
			return nil, err
		}
		here, err := from.place(t.env)
		if err != nil {
			return nil, err
		}
		if first[here] == nil {
			here.in(&options)
			if first[here], err = provide.New(options); err != nil {
				return nil, diag.Usage("the target").Because(err)
			}
		}
		if all[i], err = first[here].For(t.env, t.tags, t.facts, prefs); err != nil {
			return nil, diag.Usage("the target").Because(err)
		}
	}
	return all, nil
}

// options is optionsFor the target.
func (f *resolveFlags) options(a *app, in *inputs.Inputs) (o provide.Options, from *origin, err error) {
	env, set, err := f.target()
	if err != nil {
		return o, nil, err
	}
	one := []target{{env: env, tags: set}}
	_, warnings, err := f.addFacts(one)
	if err != nil {
		return o, nil, err
	}
	a.warn(warnings)
	return f.optionsFor(a, in, one[0])
}

// optionsFor opens the data and gathers what the flags and requirements files say.
func (f *resolveFlags) optionsFor(a *app, in *inputs.Inputs, first target) (o provide.Options, from *origin, err error) {
	o = provide.Options{Environment: first.env, Tags: first.tags, Facts: first.facts, Pre: f.Pre, Prereleases: in.Options.Prereleases}
	if f.kept == nil {
		if f.kept, err = f.earlier.repositories(); err != nil {
			return o, nil, err
		}
	}
	if o.Policy, err = f.policy(); err != nil {
		return o, nil, err
	}
	o.Policy.Formats, o.Hashes = in.Options.Formats, hashesOf(in)
	if o.Fixes, err = fixes.New(f.Fixes); err != nil {
		return o, nil, err
	}
	for _, p := range in.Projects {
		b := release.BuildSystem{Known: true, Requires: p.BuildRequires, Backend: p.BuildBackend}
		backend.Apply(os.DirFS(p.Directory()), p.Directory()+"/", &b)
		o.Projects = append(o.Projects, provide.Project{
			Project: lock.Project{Name: p.Name, Version: p.Version, Dependencies: p.Needs},
			Build:   b,
		})
	}
	var names []string
	for _, req := range in.Requirements {
		names = append(names, pep508.NormalizeName(req.Name))
	}
	o.Database, from, err = f.open(a, &in.Options, names...)
	if err == nil {
		if err = checkConda(in, o.Database); err != nil {
			from.close()
			return o, from, err
		}
		o.Live, o.ExcludeNewer, o.DatabaseDate, o.DatabaseHash = from.Live, from.ExcludeNewer, from.Date, from.Hash
		if err = f.place(a, in, &o, from); err != nil {
			from.close()
		}
	}
	return o, from, err
}

// place opens what the requirements refer to, and says in from where the projects of each target come.
func (f *resolveFlags) place(a *app, in *inputs.Inputs, o *provide.Options, from *origin) error {
	set, err := f.openDirect(a, in, o, from)
	if err != nil {
		return err
	}
	p := &places{app: a, in: in, data: o.Database, from: from, set: set, known: map[string]*place{}, warned: map[string]bool{}}
	from.place = p.at
	here, err := p.at(o.Environment)
	if err == nil {
		here.in(o)
	}
	return err
}

// rooted are the requirements as the resolver takes them.
func rooted(reqs []inputs.Requirement) []provide.Requirement {
	roots := make([]provide.Requirement, len(reqs))
	for i, req := range reqs {
		roots[i] = provide.Requirement{Requirement: req.Requirement, Part: provide.Part(req.Part)}
		if req.Where.Line > 0 {
			roots[i].Origin = diag.Position{File: req.Where.File, Line: req.Where.Line}.String()
		}
	}
	return roots
}

// resolveError makes an explanation an error with its exit code.
func resolveError(err error) error {
	var several *provide.Unsolvable
	var none *provide.NoSolution
	var damaged *pydb.CorruptError
	switch {
	case errors.As(err, &several):
		var all []error
		for _, f := range several.Failures {
			all = append(all, resolveError(f))
		}
		return errors.Join(all...)
	case errors.As(err, &none):
		return &diag.Error{Code: diag.ExitNoSolution, Hints: none.Hints, Err: err}
	case errors.As(err, &damaged):
		return dbError(err)
	}
	return sourceError(err)
}

// unused warns of --provider for projects that are not among those that were met, as after a slip of the pen.
func (f *resolveFlags) unused(met []string) (warnings []string) {
	for name := range f.Provider {
		if !slices.Contains(met, pep508.NormalizeName(name)) {
			warnings = append(warnings, fmt.Sprintf("--provider %s: no such project is in the lock", name))
		}
	}
	slices.Sort(warnings)
	return warnings
}
