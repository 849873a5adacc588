package direct

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/sdist"
)

// Set is what the references of one resolution lead to. It is made before the resolution begins: what a source needs
// from elsewhere is opened with it. Which of it counts for a target View says.
type Set struct {
	opener  *Opener
	sources []*opened
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
	needs     []need
}

// need is a requirement of a source that says from where it is taken.
type need struct {
	sdist.Taken
	source *opened // nil: an index
}

// NewSet returns an empty set.
func NewSet(o *Opener) *Set { return &Set{opener: o, tagged: map[string]*taggedProject{}} }

// AddTags has the releases of a project (normalised name) taken from the tags of a repository, also from what else there
// is if it is indexed. What was committed after newest is left out, if that is not zero. The repository is asked when
// the project is.
func (s *Set) AddTags(ctx context.Context, name string, r *reference.Reference, indexed bool, newest time.Time) {
	s.tagged[name] = &taggedProject{sync.OnceValues(func() (*Tags, error) { return s.opener.tags(ctx, name, r, newest) }), indexed}
}

// Add opens what a reference leads to, and all that it needs by references of its own. name is that of the project; ""
// what it leads to will say. Its error does not say where the reference stands.
func (s *Set) Add(ctx context.Context, name string, r *reference.Reference) (*Source, error) {
	o, err := s.add(ctx, name, r)
	if err != nil {
		return nil, err
	}
	return o.Source, nil
}

func (s *Set) add(ctx context.Context, name string, r *reference.Reference) (*opened, error) {
	if had := s.at(r); had != nil && (name == "" || had.Name == pep508.NormalizeName(name)) {
		return had, nil
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
	o := &opened{Source: src, reference: r}
	s.sources = append(s.sources, o)
	return o, s.addNeeds(ctx, o)
}

// at is what a reference leads to, if that was opened.
func (s *Set) at(r *reference.Reference) *opened {
	for _, o := range s.sources {
		if o.reference.Same(r) {
			return o
		}
	}
	return nil
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
func (s *Set) addNeeds(ctx context.Context, o *opened) error {
	for _, one := range o.taken {
		n := need{Taken: one}
		if one.URL != "" {
			r, err := reference.Parse(one.URL, s.base(o.Source))
			if err == nil {
				n.source, err = s.add(ctx, one.Name, r)
			}
			if err != nil {
				return fmt.Errorf("%s needs %s: %w", o.Name, one.Name, err)
			}
			n.source.Editable = n.source.Editable || one.Reference.Editable
		}
		if n.source != nil || len(one.Indexes) > 0 {
			o.needs = append(o.needs, n)
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
