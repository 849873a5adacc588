package direct

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/reference"
	"mach/helper/release"
	"mach/helper/sdist"
)

// View is what counts of a Set for one target, by project: from where each is taken there.
type View struct {
	set   *Set
	env   *pep508.Environment
	taken map[string]taken
}

// taken is from where a project is taken: a reference or an index.
type taken struct {
	*opened
	index *sdist.Index
	from  string // who says so, for messages
}

// At begins a view for a target, in which nothing is taken yet.
func (s *Set) At(env *pep508.Environment) *View {
	return &View{s, env, map[string]taken{}}
}

// Take takes what a requirement refers to, if its marker holds, and what that needs from elsewhere. The reference has
// been added to the set. from says who asks for it. The error is that the project is taken from another place already.
func (v *View) Take(req pep508.Requirement, r *reference.Reference, from string) error {
	if !req.Marker.Eval(v.env, nil) {
		return nil
	}
	return v.take(v.set.at(r), from)
}

// TakeFrom takes the project of a requirement from one of some indexes, if the markers hold.
func (v *View) TakeFrom(req pep508.Requirement, places []sdist.Place) error {
	if !req.Marker.Eval(v.env, nil) {
		return nil
	}
	for _, place := range places {
		if place.Marker.Eval(v.env, nil) {
			if _, err := v.note(pep508.NormalizeName(req.Name), taken{index: place.Index, from: place.Said.Where.String()}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *View) take(o *opened, from string) error {
	had, err := v.note(o.Name, taken{opened: o, from: from})
	if had || err != nil {
		return err
	}
	for _, need := range o.needs {
		if !v.matters(o, need.Marker) {
			continue
		}
		if need.source != nil {
			err = v.take(need.source, o.Name)
		} else {
			err = v.TakeFrom(pep508.Requirement{Name: need.Name}, need.Indexes)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// note notes from where a project is taken. had: it was noted before.
func (v *View) note(name string, now taken) (had bool, err error) {
	before, had := v.taken[name]
	switch {
	case !had:
		v.taken[name] = now
	case before.opened != now.opened, now.index != nil && !before.index.Same(now.index):
		return true, diag.Input("%s is to come from %s (%s) and from %s (%s)", name, before, before.from, now, now.from).
			Hint("ask for one of them only, or say with markers where each of them is taken")
	}
	return had, nil
}

// matters says whether a requirement of a source may be met, with whatever extras.
func (v *View) matters(o *opened, m *pep508.Marker) bool {
	return m.Eval(v.env, nil) || m.Eval(v.env, o.metadata.ProvidesExtra)
}

// String is the place as messages have it.
func (t taken) String() string {
	if t.index != nil {
		return t.index.String()
	}
	return shown(t.reference)
}

// Index is an index that a project is taken from alone, and who says so.
type Index struct {
	*sdist.Index
	From string
}

// Indexes are the projects that are taken from one index alone, in the order of their names.
func (v *View) Indexes(yield func(project string, ix Index) bool) {
	for _, name := range slices.Sorted(maps.Keys(v.taken)) {
		if t := v.taken[name]; t.index != nil && !yield(name, Index{t.index, t.from}) {
			return
		}
	}
}

// Key is the same for views in which the same is taken from the same places.
func (v *View) Key() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(v.taken)) {
		fmt.Fprintf(&b, "%s\n%p %p\n", name, v.taken[name].opened, v.taken[name].index)
	}
	return b.String()
}

// Has says whether a project (normalised name) is in the view, from where a URL leads.
func (v *View) Has(name, url string) bool {
	had := v.taken[name].opened
	if had == nil {
		return false
	}
	if had.Path != "" {
		return true // a path is one from wherever it is seen; two that differ are refused by Take
	}
	r, err := reference.Parse(url, ".")
	return err == nil && had.reference.Same(r)
}

// Over is a database in which the projects of the view are what the references lead to, and have the releases of tags.
func (v *View) Over(db release.Database) release.Database { return over{db, v} }

type over struct {
	release.Database
	view *View
}

// Project implements release.Database.
func (o over) Project(name string) (release.Project, error) {
	if had := o.view.taken[name].opened; had != nil {
		return had.Source, nil
	}
	from := o.view.set.tagged[name]
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
