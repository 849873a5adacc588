package inputs

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep440"
	"mach/helper/pep508"
	"mach/helper/tomltree"
)

// document is a file that is read as a whole, and not by its lines.
type document struct {
	*file
	contents string
}

// source is the document as errors know it.
func (d *document) source() *diag.File { return &diag.File{Name: d.name, Text: d.contents, Via: d.via} }

// at is where span bytes at offset stand.
func (d *document) at(offset, span int) Origin {
	return d.source().At(min(offset, len(d.contents)), span)
}

// parseTOML reads text, which is d's, perhaps with blanks in the place of what is no TOML; nil if it is wrong.
func (r *reader) parseTOML(d *document, text string) *tomltree.Value {
	root, bad := tomltree.Parse(text, d.source())
	if bad != nil {
		r.fail(bad)
	}
	return root
}

// python takes what a document says of Python's version.
func (r *reader) python(t tomltree.Text) {
	specifiers, err := pep440.ParseSpecifiers(t.Value)
	var bad *pep440.Error
	if errors.As(err, &bad) {
		r.fail(t.Within(bad.Offset, bad.Len).Errorf("%s", bad.Reason))
		return
	}
	r.in.Python = append(r.in.Python, Python{specifiers, t.Origin()})
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
