package inputs

import (
	"cmp"
	"errors"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/reference"
)

// argument reads a requirement of the command line, the n-th argument.
func (r *reader) argument(n int, text string) {
	at := func(offset, span int) Origin {
		return Origin{Where: diag.Position{File: "<argument " + strconv.Itoa(n) + ">", Col: offset + 1}, Source: text, Span: span}
	}
	if isRequirements(text) {
		r.fail(at(0, len(text)).Errorf("%q is a file, not a requirement", text).Hint("read it with: -r %s", text))
		return
	}
	if req, ok := r.requirement(text, at, here); ok {
		r.add(false, req)
	}
}

// here is the directory that paths begin at where no file says so.
func here(path string) string { return path }

// requirement reads text; at knows where span bytes at offset of it were written, beside where a path leads.
func (r *reader) requirement(text string, at func(offset, span int) Origin, beside func(string) string) (Requirement, bool) {
	whole := at(0, len(text))
	if reference.IsReference(text) {
		return r.reference(pep508.Requirement{}, text, whole, beside)
	}
	req, err := pep508.Parse(text)
	var bad *pep508.Error
	if errors.As(err, &bad) {
		e := at(bad.Offset, bad.Len).Errorf("%s", bad.Reason)
		if hint := repair(text, bad.Offset); hint != "" {
			e.Hint("did you mean %s", hint)
		}
		r.fail(e)
		return Requirement{}, false
	}
	if req.URL != "" {
		return r.reference(req, req.URL, whole, beside)
	}
	return Requirement{Requirement: req, Origin: whole}, true
}

// reference reads where a requirement is taken from. Behind a bare reference there may be a marker.
func (r *reader) reference(req pep508.Requirement, text string, whole Origin, beside func(string) string) (Requirement, bool) {
	if req.URL == "" {
		bare, marker, found := cutMarker(text)
		if found {
			parsed, err := pep508.Parse("x ;" + marker)
			if err != nil {
				r.fail(whole.Errorf("%v", err))
				return Requirement{}, false
			}
			text, req.Marker = bare, parsed.Marker
		}
	}
	if unset := variable.FindStringSubmatch(text); unset != nil {
		r.fail(whole.Errorf("the environment variable %s is not set", unset[1]).Hint("set it, as in: export %s=…", unset[1]))
		return Requirement{}, false
	}
	ref, err := reference.Parse(text, ".")
	if err == nil && ref.Path != "" {
		ref.Path, err = filepath.Abs(beside(ref.Path))
	}
	var bad *reference.Error
	switch {
	case errors.As(err, &bad):
		e := whole.Errorf("%s", bad.Reason)
		if bad.Hint != "" {
			e.Hint("%s", bad.Hint)
		}
		r.fail(e)
		return Requirement{}, false
	case err != nil:
		r.fail(whole.Errorf("%q", text).Because(err))
		return Requirement{}, false
	}
	req.URL = reference.Public(text)
	req.Name = cmp.Or(req.Name, ref.Name)
	req.Extras = append(req.Extras, ref.Extras...)
	return Requirement{Requirement: req, Reference: ref, Origin: whole}, true
}

// variable is one in a reference that nobody has set.
var variable = regexp.MustCompile(`\$\{([A-Z0-9_]+)\}`)

// cutMarker cuts the marker off a bare reference: it stands behind a semicolon with a blank beside it, as a URL may
// have one too.
func cutMarker(text string) (bare, marker string, found bool) {
	for _, mark := range []string{" ;", "; "} {
		if bare, marker, found = strings.Cut(text, mark); found {
			return strings.TrimSpace(bare), marker, true
		}
	}
	return text, "", false
}

// add keeps a requirement, if it is one that can be used.
func (r *reader) add(constraint bool, req Requirement) {
	switch {
	case constraint && req.Editable:
		r.fail(req.Errorf("a constraint is not editable").Hint("leave out -e, and write it where the project is required"))
	case constraint && req.Name == "":
		r.fail(req.Errorf("a constraint has a name").Hint("write NAME @ %s", req.Reference))
	case constraint && len(req.Extras) > 0:
		r.fail(req.Errorf("a constraint has no extras").Hint("write %s here, and the extras where it is required", withoutExtras(req)))
	case constraint:
		r.in.Constraints = append(r.in.Constraints, req)
	default:
		req.Part = r.part
		r.in.Requirements = append(r.in.Requirements, req)
	}
}

func withoutExtras(req Requirement) string {
	bare := req.Requirement
	bare.Extras = nil
	return bare.String()
}

// editable reads the value of -e: a direct reference.
func (r *reader) editable(f *file, l *line, o option) {
	at := f.origin(l, o.valueAt, o.end-o.valueAt)
	parsed, err := pep508.Parse(o.value)
	text := parsed.URL
	if err != nil || text == "" {
		parsed, text = pep508.Requirement{}, o.value // a directory without a separator too
		if strings.HasPrefix(text, "git:") {
			text = "git+" + text
		}
	}
	req, ok := r.reference(parsed, text, at, f.beside)
	if !ok {
		return
	}
	if kind := req.Reference.Kind; kind != reference.Git && kind != reference.Directory {
		r.fail(at.Errorf("%s is no directory and no repository, and cannot be edited", req.URL).Hint("leave out -e"))
		return
	}
	req.Editable = req.Reference.Kind == reference.Directory
	r.add(f.constraint, req)
}

// repair guesses what was meant by a requirement that cannot be read from offset on, "" if nothing comes to mind.
func repair(text string, offset int) string {
	head, tail := text[:offset], text[offset:]
	guess := ""
	switch {
	case strings.HasPrefix(tail, "#"):
		if _, err := pep508.Parse(head); err == nil {
			return head + " " + tail
		}
	case strings.HasPrefix(tail, "=>"), strings.HasPrefix(tail, "=<"):
		guess = head + tail[1:2] + "=" + tail[2:]
	case strings.HasPrefix(tail, "|"):
		return alternatives(head, tail)
	case strings.HasPrefix(tail, "="):
		guess = head + "==" + withoutBuild(tail[1:])
	case tail != "" && tail[0] >= '0' && tail[0] <= '9':
		guess = strings.TrimRight(head, " ") + "==" + withoutBuild(tail)
	}
	if _, err := pep508.Parse(guess); err != nil {
		return ""
	}
	return guess
}

// withoutBuild cuts off what conda has behind a version: "1.2.* py38_0" or "1.2=py38_0".
func withoutBuild(text string) string {
	fields := strings.FieldsFunc(text, func(c rune) bool { return c == ' ' || c == '=' })
	if len(fields) == 2 && !strings.ContainsAny(text, ";,@#<>!~") {
		return fields[0]
	}
	return text
}

// alternatives are the requirements that conda joins by |, of which one is to be chosen: head ends where tail begins.
func alternatives(head, tail string) string {
	first, err := pep508.Parse(head)
	if err != nil {
		return ""
	}
	all := []string{strings.TrimSpace(head)}
	for specifiers := range strings.SplitSeq(tail[1:], "|") {
		specifiers = strings.TrimSpace(specifiers)
		other := first.Name + specifiers
		if _, err := pep508.Parse(other); err != nil || !strings.ContainsAny(specifiers[:min(1, len(specifiers))], "=<>!~") {
			return ""
		}
		all = append(all, other)
	}
	return strings.Join(all, " or ")
}
