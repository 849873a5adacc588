package inputs

import (
	"regexp"
	"strings"
)

// isConda tells a line of a conda environment, which no requirements file has.
func isConda(l *line) bool { return l.text == "dependencies:" && l.parts[0].col == 0 }

// refuseConda says what to write instead of the conda environment in text, whose `dependencies:` is l.
func (r *reader) refuseConda(f *file, l *line, text string) {
	found := condaDependencies(text)
	e := f.origin(l, 0, len(l.text)).Errorf("this is a conda environment, not a requirements file")
	if len(found.requirements) > 0 {
		e.Hint("write what of it are Python projects into a requirements file:\n  %s", strings.Join(found.requirements, "\n  "))
	}
	if found.python != "" {
		e.Hint("and choose the Python by: --python %s", found.python)
	}
	r.fail(e)
}

type condaFound struct {
	requirements []string
	python       string // major.minor, "" if it does not say one
}

var (
	condaItem   = regexp.MustCompile(`^\s*-\s+(.*?)\s*( #.*)?$`)
	condaMatch  = regexp.MustCompile(`^(?:[^\s:=<>]+::)?([A-Za-z0-9._-]+)\s*(.*)$`)
	condaPython = regexp.MustCompile(`\d+\.\d+`)
)

// condaDependencies reads the list of dependencies of an environment.yml, with that of pip in it.
func condaDependencies(text string) condaFound {
	var found condaFound
	_, list, _ := strings.Cut("\n"+text, "\ndependencies:")
	for i, line := range strings.Split(list, "\n") {
		if i > 0 && strings.TrimLeft(line, " \t-#\r") == line && line != "" {
			break // the next key
		}
		item := condaItem.FindStringSubmatch(strings.TrimRight(line, "\r"))
		if item == nil || strings.HasSuffix(item[1], ":") {
			continue
		}
		parts := condaMatch.FindStringSubmatch(unquoted(item[1]))
		switch {
		case parts == nil:
		case parts[1] == "python":
			found.python = condaPython.FindString(parts[2])
		case parts[1] != "pip":
			found.requirements = append(found.requirements, parts[1]+condaVersion(parts[2]))
		}
	}
	return found
}

// condaVersion is a version of conda's match specification, "=1.2", "==1.2=py38_0", "1.2.* py38_0" or ">=1.2", as a
// specifier. "=1.2" means all of 1.2.
func condaVersion(spec string) string {
	switch {
	case spec == "" || strings.Contains(spec, ";"): // pip's
		return spec
	case strings.HasPrefix(spec, "=="):
		return "==" + condaBare(spec[2:])
	case strings.HasPrefix(spec, "="):
		bare := condaBare(spec[1:])
		if strings.Contains(spec[1:], "=") || strings.HasSuffix(bare, "*") {
			return "==" + bare
		}
		return "==" + bare + ".*"
	case spec[0] >= '0' && spec[0] <= '9':
		return "==" + condaBare(spec)
	}
	return spec
}

// condaBare is a version without the build behind it.
func condaBare(text string) string {
	text = strings.TrimSpace(text)
	if i := strings.IndexAny(text, " \t="); i >= 0 {
		return text[:i]
	}
	return text
}

// unquoted is a scalar of YAML without the quotes around it.
func unquoted(text string) string {
	if n := len(text); n > 1 && text[0] == text[n-1] && (text[0] == '"' || text[0] == '\'') {
		return text[1 : n-1]
	}
	return text
}
