package inputs

import (
	"errors"
	"strconv"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
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
	if req, ok := r.requirement(text, at); ok {
		r.add(false, req)
	}
}

// requirement reads text; at knows where span bytes at offset of it were written.
func (r *reader) requirement(text string, at func(offset, span int) Origin) (Requirement, bool) {
	whole := at(0, len(text))
	if isReference(text) {
		return Requirement{Requirement: pep508.Requirement{URL: text}, Origin: whole}, true
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
	return Requirement{Requirement: req, Origin: whole}, true
}

// add keeps a requirement, if it is one that can be used.
func (r *reader) add(constraint bool, req Requirement) {
	switch {
	case req.URL != "" || req.Editable:
		r.fail(req.Errorf("not yet: a requirement from a URL, a path or a repository").
			Hint("take a release instead, as in %s", example(req.Name)))
	case constraint && len(req.Extras) > 0:
		r.fail(req.Errorf("a constraint has no extras").Hint("write %s here, and the extras where it is required", withoutExtras(req)))
	case constraint:
		r.in.Constraints = append(r.in.Constraints, req)
	default:
		req.Part = r.part
		r.in.Requirements = append(r.in.Requirements, req)
	}
}

func example(name string) string {
	if name == "" {
		return "flask>=3"
	}
	return name
}

func withoutExtras(req Requirement) string {
	bare := req.Requirement
	bare.Extras = nil
	return bare.String()
}

// editable reads the value of -e: a direct reference.
func (r *reader) editable(f *file, l *line, o option) {
	at := func(offset, span int) Origin { return f.origin(l, offset, span) }
	req, err := pep508.Parse(o.value)
	if err != nil || req.URL == "" {
		req = pep508.Requirement{URL: o.value}
	}
	r.add(f.constraint, Requirement{Requirement: req, Editable: true, Origin: at(o.valueAt, o.end-o.valueAt)})
}

// isReference tells a bare URL or path from a requirement with a name.
func isReference(text string) bool {
	head := text
	if i := strings.IndexAny(text, " \t;[@"); i >= 0 {
		head = text[:i]
	}
	return strings.Contains(head, "://") || strings.HasPrefix(strings.ToLower(head), "file:") ||
		strings.HasPrefix(head, ".") || strings.Contains(head, "/") || isArchive(head)
}

func isArchive(path string) bool {
	for _, end := range []string{".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz"} {
		if strings.HasSuffix(strings.ToLower(path), end) {
			return true
		}
	}
	return false
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
