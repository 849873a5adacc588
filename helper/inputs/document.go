package inputs

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
)

// document is a file that is read as a whole, and not by its lines.
type document struct {
	*file
	contents string
}

// piece is a string of a document, and where it stands.
type piece struct {
	value  string
	offset int // of value, or of what it was written as
	span   int // bytes there; other than those of value where that has escapes
}

// at is where span bytes at offset stand.
func (d *document) at(offset, span int) Origin {
	at := diag.Locate(d.name, d.contents, min(offset, len(d.contents)), span)
	at.Via = d.via
	return at
}

// of is where a piece stands.
func (d *document) of(p piece) Origin { return d.at(p.offset, p.span) }

// within knows the places in a piece.
func (d *document) within(p piece) func(offset, span int) Origin {
	return func(offset, span int) Origin {
		if p.span != len(p.value) {
			return d.of(p)
		}
		return d.at(p.offset+offset, span)
	}
}

// python takes what a document says of Python's version.
func (r *reader) python(d *document, p piece) {
	specifiers, err := pep440.ParseSpecifiers(p.value)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		r.fail(d.within(p)(bad.Offset, bad.Len).Errorf("%s", bad.Reason))
		return
	}
	r.in.Python = append(r.in.Python, Python{specifiers, d.of(p)})
}

// kindOf reads a file that is told by its name; nil: it is one of requirements.
func kindOf(path string) func(r *reader, f *file, text string) {
	name := path[strings.LastIndexByte(path, '/')+1:]
	switch {
	case name == "Pipfile":
		return (*reader).pipfile
	case strings.HasSuffix(name, ".yml"), strings.HasSuffix(name, ".yaml"):
		return (*reader).conda
	case strings.HasSuffix(name, ".py"):
		return (*reader).script
	}
	return nil
}

// wholeOnly refuses a file that asks for projects in the place of constraints.
func (r *reader) wholeOnly(d *document, what string) bool {
	if d.constraint {
		r.fail(diag.Input("%s: %s asks for projects, and cannot be constraints", d.name, what).Hint("read it with: -r %s", d.name))
	}
	return !d.constraint
}

// wantsGroup says whether a group (normal form) is asked for.
func (r *reader) wantsGroup(name string) bool {
	return r.sources.AllGroups || slices.ContainsFunc(r.sources.Groups, func(asked string) bool { return pep508.NormalizeName(asked) == name })
}

// PinnedPython is the Python that what was read is for, as in 3.12, if it names exactly one; else "".
func (in *Inputs) PinnedPython() string {
	found := ""
	for _, p := range in.Python {
		if len(p.Specifiers) != 1 || p.Specifiers[0].Op != "==" {
			continue
		}
		v := strings.SplitN(strings.TrimSuffix(p.Specifiers[0].Text, ".*"), ".", 3)
		if len(v) < 2 || found != "" && found != v[0]+"."+v[1] {
			return ""
		}
		found = cmp.Or(found, v[0]+"."+v[1])
	}
	return found
}
