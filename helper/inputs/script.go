package inputs

import (
	"strings"

	"mach/helper/diag"
	"mach/helper/sdist"
	"mach/helper/tomltree"
)

// How the block of a script begins and ends (PEP 723).
const (
	scriptBegin = "# /// script"
	scriptEnd   = "# ///"
)

// script reads the block of a script, in which comments are a TOML file.
func (r *reader) script(f *file, text string) {
	d := &document{f, text}
	block, found := r.scriptBlock(d)
	if !found || !r.wholeOnly(d, "a script") {
		return
	}
	root := r.parseTOML(d, block)
	if root == nil {
		return
	}
	tools := sdist.ReadScript(root, f.name)
	for _, v := range root.Fields {
		switch v.Key.Value {
		case "tool":
		case "dependencies":
			r.scriptDependencies(d, tools, v)
		case "requires-python":
			if v.Kind != tomltree.String {
				r.fail(v.Key.Origin().Errorf("requires-python is a text, as in %q", ">=3.11"))
			} else {
				r.python(v.Text)
			}
		default:
			r.warn(v.Key.Origin(), "a script has no field %q: it is ignored", v.Key.Value)
		}
	}
	r.takeShared(tools)
	r.takeNotes(tools)
}

func (r *reader) scriptDependencies(d *document, tools *sdist.Project, v *tomltree.Value) {
	if v.Kind != tomltree.Array {
		r.fail(v.Key.Origin().Errorf("dependencies is a list, as in [%q]", "flask>=3"))
		return
	}
	for _, item := range v.Items {
		if item.Kind != tomltree.String {
			r.fail(v.Key.Origin().Errorf("dependencies has what is no text"))
			return
		}
		if req, ok := r.requirement(item.Text.Value, item.Text.Within, d.beside); ok {
			for _, one := range r.sourced(tools, sdist.Text{}, req, "") {
				r.add(false, one)
			}
		}
	}
}

// scriptBlock is the TOML of a script, with blanks in the place of all else, so that every byte stands where it did.
func (r *reader) scriptBlock(d *document) (block string, found bool) {
	var b strings.Builder
	begin, end, at := -1, -1, 0 // of the block: where its first line stands, and behind its last
	open := false
	for line := range strings.Lines(d.contents) {
		bare := strings.TrimRight(line, "\r\n")
		switch {
		case !open && bare == scriptBegin && begin >= 0:
			r.fail(d.at(at, len(bare)).Errorf("there are two blocks %q", scriptBegin).Hint("write all into the first"))
			return "", false
		case !open && bare == scriptBegin:
			begin, open = at, true
		case open && bare != "#" && !strings.HasPrefix(bare, "# "):
			open = false
		case open && bare == scriptEnd:
			end = at
		}
		at += len(line)
	}
	switch {
	case begin < 0:
		r.fail(diag.Input("%s: the script has no block that says what it needs (PEP 723)", d.name).
			Hint("write one at its top:\n  # /// script\n  # dependencies = [\"flask\"]\n  # ///"))
		return "", false
	case end < 0:
		r.fail(d.at(begin, len(scriptBegin)).Errorf("the block has no end").Hint("end it with the line: # ///"))
		return "", false
	}
	at = 0
	for line := range strings.Lines(d.contents) {
		switch bare := strings.TrimRight(line, "\r\n"); {
		case at > begin && at < end:
			b.WriteString(" " + line[1:])
		default:
			b.WriteString(strings.Repeat(" ", len(bare)) + line[len(bare):])
		}
		at += len(line)
	}
	return b.String(), true
}
