package cli

import (
	"errors"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/provide"
	"mach/helper/release"
)

type dbLocateCmd struct {
	targetFlags
	DB      string `name:"db" env:"MACH_DB" required:"" placeholder:"FILE" help:"The database (environment: MACH_DB)."`
	Wheel   bool   `help:"The wheel for the target, and not the sdist."`
	Name    string `arg:"" help:"The project."`
	Version string `arg:"" help:"The version."`
}

// located is a file of a release, as lib/pypiFile.nix reads it.
type located struct {
	Version  int    `json:"version"` // of this form
	Project  string `json:"project"`
	Release  string `json:"release"` // the version in normal form
	Name     string `json:"name"`
	SHA256   string `json:"sha256"`
	Location string `json:"location,omitempty"`
}

// Run prints where the file of a release lies, as JSON.
func (c *dbLocateCmd) Run(a *app) error {
	db, err := openDB(a, c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	name := pep508.NormalizeName(c.Name)
	p, err := db.Undated().Project(name)
	if errors.Is(err, release.ErrNotFound) {
		return unknownProject(db, name)
	}
	if err != nil {
		return dbError(err)
	}
	i, err := c.release(p, name)
	if err != nil {
		return err
	}
	f, err := c.file(p, i, name)
	if err != nil {
		return err
	}
	return printJSON(a.stdout, located{1, name, p.Versions()[i], f.Name, f.SHA256, f.Location})
}

// release is the index of the version.
func (c *dbLocateCmd) release(p release.Project, name string) (int, error) {
	wanted, err := pep440.Parse(c.Version)
	if err != nil {
		return 0, diag.Usage("%s", name).Because(err)
	}
	versions := p.Versions()
	i := slices.IndexFunc(versions, func(text string) bool {
		v, err := pep440.Parse(text)
		return err == nil && v.Compare(wanted) == 0
	})
	if i < 0 {
		const few = 5
		return 0, diag.Input("the database has no %s %s", name, c.Version).
			Hint("the newest are %s", strings.Join(versions[:min(few, len(versions))], ", "))
	}
	return i, nil
}

// file is the sdist of a release, or its best wheel for the target.
func (c *dbLocateCmd) file(p release.Project, i int, name string) (*release.File, error) {
	r, err := p.Release(i)
	if err != nil {
		return nil, dbError(err)
	}
	at := len(r.Wheels)
	switch {
	case c.Wheel:
		_, set, err := c.target()
		if err != nil {
			return nil, err
		}
		if at = provide.BestWheel(set, r); at < 0 {
			return nil, diag.Input("%s %s has no wheel for this target, and %d for others", name, c.Version, len(r.Wheels)).Hint("take its sdist")
		}
	case !r.Sdist:
		return nil, diag.Input("%s %s has no sdist", name, c.Version).Hint("take its wheel")
	}
	files, err := p.Files(i)
	if err != nil {
		return nil, dbError(err)
	}
	return &files[at], nil
}
