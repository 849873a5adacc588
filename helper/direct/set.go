package direct

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
)

// Set is what the references of one resolution lead to, by project. It is made before the resolution begins: what a
// source needs from elsewhere is opened with it.
type Set struct {
	opener  *Opener
	sources map[string]*opened
	tagged  map[string]*taggedProject
}

// taggedProject is a project whose releases are the tags of a repository.
type taggedProject struct {
	open    func() (*Tags, error)
	indexed bool // those of the database count too
}

type opened struct {
	*Source
	reference *reference.Reference
	from      string // who asks for it, for messages
}

// NewSet returns an empty set.
func NewSet(o *Opener) *Set { return &Set{o, map[string]*opened{}, map[string]*taggedProject{}} }

// AddTags has the releases of a project (normalised name) taken from the tags of a repository, also from what else there
// is if it is indexed. What was committed after newest is left out, if that is not zero. The repository is asked when
// the project is.
func (s *Set) AddTags(ctx context.Context, name string, r *reference.Reference, indexed bool, newest time.Time) {
	s.tagged[name] = &taggedProject{sync.OnceValues(func() (*Tags, error) { return s.opener.tags(ctx, name, r, newest) }), indexed}
}

// Add opens what a reference leads to, and all that it needs by references of its own. name is that of the project; ""
// what it leads to will say. from says who asks for it. Its error does not say where the reference stands.
func (s *Set) Add(ctx context.Context, name string, r *reference.Reference, from string) (*Source, error) {
	if had := s.sources[pep508.NormalizeName(name)]; had != nil && had.reference.Same(r) {
		return had.Source, nil
	}
	src, err := s.opener.Open(ctx, r)
	if err != nil {
		return nil, err
	}
	switch normal := pep508.NormalizeName(name); {
	case src.Name == "" && name == "":
		return nil, diag.Input("%s does not say its name", shown(r)).Hint("write NAME @ %s", shown(r))
	case src.Name == "":
		src.Name = normal
	case name != "" && src.Name != normal:
		return nil, diag.Input("%s is %q, and not %q", shown(r), src.Name, name).Hint("write %s @ %s", src.Name, shown(r))
	}
	if had := s.sources[src.Name]; had != nil {
		if had.reference.Same(r) {
			return had.Source, nil
		}
		return nil, diag.Input("%s is to come from %s (%s) and from %s (%s)", src.Name, shown(had.reference), had.from, shown(r), from).
			Hint("ask for one of them only")
	}
	s.sources[src.Name] = &opened{src, r, from}
	return src, s.addNeeds(ctx, src)
}

// shown is a reference as messages have it: a path is seen from the working directory, if it is below that.
func shown(r *reference.Reference) string {
	here, err := os.Getwd()
	if err != nil || r.Path == "" {
		return r.String()
	}
	at := *r
	if below, err := filepath.Rel(here, r.Path); err == nil && filepath.IsLocal(below) {
		at.Path = "./" + filepath.ToSlash(below)
	}
	return at.String()
}

// addNeeds opens what a source needs from elsewhere.
func (s *Set) addNeeds(ctx context.Context, src *Source) error {
	for _, line := range src.metadata.RequiresDist {
		req, err := pep508.ParseLenient(line)
		if err != nil || req.URL == "" {
			continue // the resolver says what is wrong with it, if it matters
		}
		r, err := reference.Parse(req.URL, s.base(src))
		if err == nil {
			_, err = s.Add(ctx, req.Name, r, src.Name)
		}
		if err != nil {
			return fmt.Errorf("%s needs %s: %w", src.Name, req.Name, err)
		}
	}
	return nil
}

// base is where the paths in a source's requirements begin.
func (s *Set) base(src *Source) string {
	if src.Commit == "" && src.SHA256 == "" {
		return filepath.Join(src.Path, filepath.FromSlash(src.Subdirectory))
	}
	return "."
}

// Has says whether a project (normalised name) is in the set, from where a URL leads.
func (s *Set) Has(name, url string) bool {
	had := s.sources[name]
	if had == nil {
		return false
	}
	if had.Path != "" {
		return true // a path is one from wherever it is seen; two that differ are refused by Add
	}
	r, err := reference.Parse(url, ".")
	return err == nil && had.reference.Same(r)
}

// Over is a database in which the projects of the set are what the references lead to, and have the releases of tags.
func (s *Set) Over(db release.Database) release.Database { return over{db, s} }

type over struct {
	release.Database
	set *Set
}

// Project implements release.Database.
func (o over) Project(name string) (release.Project, error) {
	if had := o.set.sources[name]; had != nil {
		return had.Source, nil
	}
	from := o.set.tagged[name]
	if from == nil {
		return o.Database.Project(name)
	}
	tags, err := from.open()
	switch {
	case err != nil:
		return nil, err
	case !from.indexed:
		return mix(tags, nil), nil
	}
	switch index, err := o.Database.Project(name); {
	case errors.Is(err, release.ErrNotFound):
		return mix(tags, nil), nil
	case err != nil:
		return nil, err
	default:
		return mix(tags, index), nil
	}
}
