package sdist

import (
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
)

// requirementFiles are the requirements of files that are named, as setuptools and plugins read them: one a line, with
// comments and continued lines, and no options. Not ok: they are unknown.
func (r *reader) requirementFiles(field string, names []Text) (list []Text, ok bool) {
	for _, name := range names {
		f, reason := r.text(name.Value)
		if reason != "" {
			r.unknown(field, name, "%s", reason)
			return nil, false
		}
		lines, bad := f.requirements(0, len(f.Text))
		if bad != nil {
			r.unknown(field, *bad, "%q is no requirement", bad.Value)
			return nil, false
		}
		list = append(list, lines...)
	}
	return list, true
}

// requirements are the lines of a part of the file that have one; bad is a line that is none.
func (f *file) requirements(from, to int) (list []Text, bad *Text) {
	for from < to {
		line, next := diag.CutLine(f.Text[from:to])
		start, length := from, len(line)
		if from += next; next < 0 {
			from = to
		}
		for strings.HasSuffix(line, `\`) && from < to {
			more, next := diag.CutLine(f.Text[from:to])
			line = strings.TrimSuffix(line, `\`) + more
			if from += next; next < 0 {
				from = to
			}
		}
		t := f.part(start, start+length).with(line).trimmed()
		t, wrong := t.requirement()
		if wrong {
			return nil, &t
		}
		if t.Value != "" {
			list = append(list, t)
		}
	}
	return list, nil
}

// cut is a part of t.
func (t Text) cut(from, to int) Text {
	if t.span == len(t.Value) {
		t.offset, t.span = t.offset+from, to-from
	}
	t.Value = t.Value[from:to]
	return t
}

// trimmed is t without white space around it.
func (t Text) trimmed() Text {
	end := len(strings.TrimSpace(t.Value))
	start := strings.Index(t.Value, strings.TrimSpace(t.Value))
	return t.cut(start, start+end)
}

// requirement is a line without its comment, which may be all of it; bad if it is no requirement.
func (t Text) requirement() (one Text, bad bool) {
	if strings.HasPrefix(t.Value, "#") {
		return Text{}, false
	}
	if i := strings.Index(t.Value, " #"); i >= 0 {
		t = t.cut(0, i).trimmed()
	}
	if t.Value == "" {
		return t, false
	}
	_, err := pep508.Parse(t.Value)
	return t, err != nil
}
