package sdist

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// literal takes a field from a variable of a module, such as "pkg.mod.__version__", that a text names: without running
// it, and so only if all that the module does with the variable is to set it once, to a text. The module is looked for
// below some directories.
func (r *reader) literal(field string, at Text, name string, below []string) {
	module, variable := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		module, variable = name[:i], name[i+1:]
	}
	if !dotted.MatchString(name) {
		r.unknown(field, at, "%q is no name of a variable", name)
		return
	}
	if module == "" {
		module = "__init__"
	}
	file := strings.ReplaceAll(module, ".", "/")
	for _, dir := range below {
		for _, candidate := range []string{path.Join(dir, file, "__init__.py"), path.Join(dir, file+".py")} {
			f, err := r.open(candidate)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				r.unknown(field, at, "%s: %v", candidate, err)
				return
			}
			if t, ok := f.variable(variable); ok {
				r.one(field, t)
				return
			}
			r.unknown(field, at, "%s does not simply set %s to a text", candidate, variable)
			return
		}
	}
	r.unknown(field, at, "there is no module %s", module)
}

// dotted is the name of a variable of a module.
var dotted = regexp.MustCompile(`^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$`)

// longText is a text of several lines, such as a docstring.
var longText = regexp.MustCompile(`(?s)"""(?:\\.|[^\\])*?"""|'''(?:\\.|[^\\])*?'''`)

// variable is the text that a module sets a variable to; not ok if that is not sure.
func (f *file) variable(name string) (Text, bool) {
	source := longText.ReplaceAllStringFunc(f.Text, func(s string) string {
		blank := []byte(s)
		for i, c := range blank {
			if c != '\n' {
				blank[i] = ' '
			}
		}
		return string(blank)
	})
	quoted := regexp.QuoteMeta(name)
	set := regexp.MustCompile(`^(?:\w+\s*=\s*)*` + quoted + `(?:\s*:\s*[\w.\[\]]+)?(?:\s*=\s*\w+)*\s*=\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*(?:#.*)?$`)
	doubt := regexp.MustCompile(`\b` + quoted + `\b\s*(?:[-+*/|&@%]?=(?:[^=]|$)|:|,|\.)|import\b.*\b` + quoted + `\b|\b(?:as|del|global|for)\s+` + quoted + `\b|\[\s*['"]` + quoted)
	var found Text
	offset := 0
	for line := range strings.SplitSeq(source, "\n") {
		trimmed := strings.TrimRight(line, "\r")
		switch m := set.FindStringSubmatchIndex(trimmed); {
		case m != nil && found.file == nil:
			from, to := m[2], m[3]
			if from < 0 {
				from, to = m[4], m[5]
			}
			found = f.part(offset+from, offset+to)
		case m != nil, !strings.HasPrefix(strings.TrimSpace(trimmed), "#") && doubt.MatchString(trimmed):
			return Text{}, false
		}
		offset += len(line) + 1
	}
	return found, found.file != nil
}
