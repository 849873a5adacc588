package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"mach/helper/diag"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/pydb"
	"mach/helper/release"
)

// resolveFlags are the flags of each command that resolves.
type resolveFlags struct {
	Requirement []string `short:"r" placeholder:"FILE" help:"A requirements file; - is standard input. Repeatable."`
	Constraint  []string `short:"c" placeholder:"FILE" help:"A constraints file: it limits versions and asks for nothing. Repeatable."`
	Extra       []string `placeholder:"NAME" help:"Optional dependencies of the project directory. Repeatable."`

	sourceFlags
	targetFlags
	choiceFlags

	lockDir string // of the lock that is written, for the paths in it
}

// resolved is a finished resolution.
type resolved struct {
	lock     *lock.Lock
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

// resolve reads the inputs, resolves them and the build requirements of sdists, and makes the lock.
func (f *resolveFlags) resolve(a *app, arguments []string) (found *resolved, err error) {
	in, err := inputs.Read(inputs.Sources{Files: f.Requirement, Constraints: f.Constraint, Arguments: arguments, Extras: f.Extra, Stdin: a.stdin})
	if err != nil {
		return nil, err
	}
	options, from, err := f.options(a, in)
	if err != nil {
		return nil, err
	}
	defer from.close()
	defer func() {
		if err != nil {
			a.warn(from.warnings(nil))
		}
	}()
	resolver, err := provide.New(options)
	if err != nil {
		return nil, diag.Usage("%v", err)
	}
	if err := checkPython(in, options); err != nil {
		return nil, err
	}
	requirements := rooted(in.Requirements)
	selection, err := resolver.Resolve(a, requirements, rooted(in.Constraints))
	if err != nil {
		return nil, resolveError(err)
	}
	if err := checkHashes(in.Requirements, selection); err != nil {
		return nil, err
	}
	builds, err := resolver.Builds(a, selection)
	if err != nil {
		return nil, resolveError(err)
	}
	files := map[string]release.File{}
	for _, p := range slices.Concat(selection.Packages, slices.Collect(maps.Values(builds.Pool))) {
		if p.File != nil {
			files[p.File.Location] = *p.File
		}
	}
	where := from.relativeTo(f.lockDir)
	url := func(location string) string {
		url, _ := where(files[location])
		return url
	}
	found = &resolved{lock: resolver.Lock(selection, builds, provide.Texts(requirements), url)}
	if err := a.Err(); err != nil {
		return nil, err
	}
	found.warnings = slices.Concat(from.warnings(found.names()), selection.Warnings, builds.Warnings, f.unused(found.lock))
	if len(requirements) == 0 {
		found.warnings = append(found.warnings, "there are no requirements: the lock is empty")
	}
	return found, nil
}

// options opens the data and gathers what the flags and requirements files say.
func (f *resolveFlags) options(a *app, in *inputs.Inputs) (o provide.Options, from *origin, err error) {
	env, set, err := f.target()
	if err != nil {
		return o, nil, err
	}
	o = provide.Options{Environment: env, Tags: set, Pre: f.Pre, Prereleases: in.Options.Prereleases}
	if o.Policy, err = f.policy(); err != nil {
		return o, nil, err
	}
	o.Policy.Formats = in.Options.Formats
	if o.Facts, err = f.facts(env); err != nil {
		return o, nil, err
	}
	var names []string
	for _, req := range in.Requirements {
		names = append(names, pep508.NormalizeName(req.Name))
	}
	o.Database, from, err = f.open(a, &in.Options, names...)
	if err == nil {
		o.Live, o.ExcludeNewer, o.DatabaseDate, o.DatabaseHash = from.Live, from.ExcludeNewer, from.Date, from.Hash
	}
	return o, from, err
}

// rooted are the requirements as the resolver takes them.
func rooted(reqs []inputs.Requirement) []provide.Requirement {
	roots := make([]provide.Requirement, len(reqs))
	for i, req := range reqs {
		roots[i] = provide.Requirement{Requirement: req.Requirement}
		if req.Where.Line > 0 {
			roots[i].Origin = diag.Position{File: req.Where.File, Line: req.Where.Line}.String()
		}
	}
	return roots
}

// resolveError makes an explanation an error with its exit code.
func resolveError(err error) error {
	var none *provide.NoSolution
	var damaged *pydb.CorruptError
	switch {
	case errors.As(err, &none):
		e := diag.NoSolution("%v", err)
		e.Hints = none.Hints
		return e
	case errors.As(err, &damaged):
		return dbError(err)
	}
	return sourceError(err)
}

// unused warns of --provider for projects that are not in the lock, as after a slip of the pen.
func (f *resolveFlags) unused(l *lock.Lock) (warnings []string) {
	met := map[string]bool{}
	for _, p := range l.Packages {
		met[p.Name] = true
	}
	for _, b := range l.Tool.Mach.Build {
		met[b.Name] = true
	}
	for name := range f.Provider {
		if !met[pep508.NormalizeName(name)] {
			warnings = append(warnings, fmt.Sprintf("--provider %s: no such project is in the lock", name))
		}
	}
	slices.Sort(warnings)
	return warnings
}
