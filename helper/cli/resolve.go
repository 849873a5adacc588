package cli

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/index"
	"mach/helper/inputs"
	"mach/helper/lock"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/pydb"
)

// resolveFlags are the flags of each command that resolves.
type resolveFlags struct {
	Requirement []string `short:"r" placeholder:"FILE" help:"A requirements file; - is standard input. Repeatable."`
	Constraint  []string `short:"c" placeholder:"FILE" help:"A constraints file: it limits versions and asks for nothing. Repeatable."`
	Extra       []string `placeholder:"NAME" help:"Optional dependencies of the project directory. Repeatable."`
	DB          string   `name:"db" env:"MACH_DB" placeholder:"FILE" help:"The database to resolve against (environment: MACH_DB)."`
	IndexURL    string   `name:"index-url" placeholder:"URL" help:"The index that files are fetched from. Default: pip's."`
	FilesURL    string   `name:"files-url" placeholder:"URL" help:"What locations are joined to; \"none\" leaves URLs out. Default: the index's file host."`

	targetFlags
	choiceFlags
}

// resolved is a finished resolution.
type resolved struct {
	lock     *lock.Lock
	warnings []string
}

// resolve reads the inputs, resolves them and the build requirements of sdists, and makes the lock.
func (f *resolveFlags) resolve(a *app, arguments []string) (*resolved, error) {
	in, err := inputs.Read(inputs.Sources{Files: f.Requirement, Constraints: f.Constraint, Arguments: arguments, Extras: f.Extra, Stdin: a.stdin})
	if err != nil {
		return nil, err
	}
	options, closeDB, err := f.options()
	if err != nil {
		return nil, err
	}
	defer closeDB()
	if err := f.obey(&in.Options, &options); err != nil {
		return nil, err
	}
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
	join, err := f.fileURL(a, selection)
	if err != nil {
		return nil, err
	}
	found := &resolved{lock: resolver.Lock(selection, builds, provide.Texts(requirements), join)}
	found.warnings = slices.Concat(selection.Warnings, builds.Warnings, f.unused(found.lock))
	if len(requirements) == 0 {
		found.warnings = append(found.warnings, "there are no requirements: the lock is empty")
	}
	return found, nil
}

// options opens the data and gathers what the flags say.
func (f *resolveFlags) options() (o provide.Options, closeDB func(), err error) {
	if f.DB == "" {
		return o, nil, diag.Usage("no database is given, and this release of mach cannot resolve against an index").
			Hint("give a database: --db lib/database/pypi.xz, or set MACH_DB")
	}
	env, set, err := f.target()
	if err != nil {
		return o, nil, err
	}
	o = provide.Options{Environment: env, Tags: set, Pre: f.Pre, ExcludeNewer: f.ExcludeNewer}
	if err := checkDay(f.ExcludeNewer); err != nil {
		return o, nil, err
	}
	if o.Policy, err = f.policy(); err != nil {
		return o, nil, err
	}
	if o.Facts, err = f.facts(env); err != nil {
		return o, nil, err
	}
	db, err := openDB(f.DB)
	if err != nil {
		return o, nil, err
	}
	info := db.Info()
	o.Database, o.DatabaseDate, o.DatabaseHash = db.Source(), info.Date, info.Root
	return o, func() { db.Close() }, nil
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
	return err
}

// fileURL says how a location becomes a URL: nil where no index is known, and the lock is for mach alone.
func (f *resolveFlags) fileURL(a *app, selection *provide.Selection) (func(string) string, error) {
	if f.FilesURL == "none" {
		return nil, nil
	}
	if f.FilesURL != "" {
		return filesURL(f.FilesURL)
	}
	sources, err := index.Discover(index.DiscoverOptions{IndexURL: index.Given{Value: f.IndexURL, Source: "--index-url"}})
	if err != nil && f.IndexURL != "" {
		return nil, diag.Usage("%v", err)
	}
	var unknown *diag.Error
	if errors.As(err, &unknown) { // there is none, as in a build of Nix
		a.log.Debug("no index", "error", err)
		return nil, nil
	}
	if err != nil {
		fmt.Fprintf(a.stderr, "warning: %v: %s\n", err, withoutURLs)
		return nil, nil
	}
	ix, ok := sources.Main()
	if !ok { // --no-index, as pip is told
		return nil, nil
	}
	if ix.FilesURL == "" {
		ix = a.learnFilesURL(ix, selection)
	}
	if err := a.Err(); err != nil {
		return nil, err // what could not be read was not the index's fault
	}
	return ix.FileURL, nil
}

const withoutURLs = "the lock has no URLs, and Nix will fetch with fetchPypi"

// learnFilesURL reads one page of an index that is not pip's default to see where it keeps its files.
func (a *app) learnFilesURL(ix index.Index, selection *provide.Selection) index.Index {
	i := slices.IndexFunc(selection.Packages, func(p *provide.Selected) bool { return p.File != nil })
	if i < 0 {
		return ix
	}
	client := index.NewTransport(index.Options{Version: version}).Client(ix)
	if _, err := client.Project(a, selection.Packages[i].Name); err != nil && a.Err() == nil {
		fmt.Fprintf(a.stderr, "warning: %v: %s\n", err, withoutURLs)
	}
	return client.Index()
}

// filesURL joins locations to what --files-url says, which goes into the lock as it is.
func filesURL(text string) (func(string) string, error) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, diag.Usage("--files-url is no http or https URL").Hint("give the file host, as in --files-url https://files.index.example, or none")
	case u.User != nil:
		return nil, diag.Usage("--files-url has a user name, which must not stand in a lock").Hint("leave it out, and put it into the netrc file that Nix fetches with")
	}
	return index.Index{FilesURL: strings.TrimRight(text, "/") + "/"}.FileURL, nil
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
