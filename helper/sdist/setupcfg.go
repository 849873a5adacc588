package sdist

import (
	"regexp"
	"slices"
	"strings"

	"mach/helper/diag"
)

// config is a setup.cfg, as Python's ConfigParser reads it:
//
//	file    = *([comment] | section)
//	section = "[" name "]" *(key ("=" | ":") value)
//	value   = the rest of the line, and lines that are indented more than the key
//	comment = ("#" | ";") at the start of a line, whatever stands before it is white space; also within a value
//
// "%(key)s" in a value stands for that of another key of the section, and "%%" for "%". A section or a key that is there
// twice is an error. "_" and "-" in a key are the same for setuptools, and so is case.
type config struct {
	file     *file
	sections map[string]*section
}

type section struct {
	names   []string // in their order
	entries map[string]entry
}

// entry is a value: a part of the file, with the comments within it.
type entry struct {
	key      Text
	file     *file
	from, to int
	section  *section
}

// parseConfig reads a setup.cfg; bad is what makes it unreadable.
func parseConfig(f *file) (c *config, bad *diag.Error) {
	c = &config{f, map[string]*section{}}
	p := configParser{config: c}
	for from := 0; from < len(f.Text); {
		line, next := diag.CutLine(f.Text[from:])
		if bad := p.line(from, line); bad != nil {
			return nil, bad
		}
		if next < 0 {
			break
		}
		from += next
	}
	p.finish()
	return c, nil
}

type configParser struct {
	*config
	here   *section
	name   string // of the entry that is being read; "" is none
	entry  entry
	indent int // of its key
}

func (p *configParser) line(from int, line string) *diag.Error {
	text := strings.TrimSpace(line)
	indent := len(line) - len(strings.TrimLeft(line, " \t\f\v"))
	switch {
	case text == "", text[0] == '#', text[0] == ';':
		return nil
	case p.name != "" && indent > p.indent:
		p.entry.to = from + len(strings.TrimRight(line, " \t\f\v"))
		return nil
	}
	p.finish()
	at := p.file.part(from+indent, from+indent+len(text))
	if name, ok := strings.CutPrefix(text, "["); ok && strings.Contains(name, "]") {
		name = name[:strings.LastIndexByte(name, ']')]
		if p.sections[name] != nil {
			return at.Origin().Errorf("the section %q is there twice", name)
		}
		p.here = &section{entries: map[string]entry{}}
		p.sections[name] = p.here
		return nil
	}
	i := strings.IndexAny(text, "=:")
	if p.here == nil || i <= 0 {
		return at.Origin().Errorf("want [section] or key = value")
	}
	p.name = strings.TrimSpace(text[:i])
	if _, twice := p.here.entries[p.name]; twice {
		return at.Origin().Errorf("the key %q is there twice", p.name)
	}
	p.indent = indent
	p.entry = entry{at.cut(0, len(p.name)), p.file, from + indent + i + 1, from + indent + len(text), p.here}
	return nil
}

// finish keeps the entry that was read.
func (p *configParser) finish() {
	if p.name != "" {
		p.here.names = append(p.here.names, p.name)
		p.here.entries[p.name] = p.entry
	}
	p.name = ""
}

// get is an entry of a section; its zero value if there is none.
func (c *config) get(sectionName, key string) entry {
	if c == nil || c.sections[sectionName] == nil {
		return entry{}
	}
	s := c.sections[sectionName]
	for _, name := range s.names {
		if strings.ReplaceAll(strings.ToLower(name), "-", "_") == key {
			return s.entries[name]
		}
	}
	return entry{}
}

// lines are the lines of the value that are not empty and no comments, with what they refer to.
func (e entry) lines() []Text { return e.expanded(0) }

// mostReferences bounds how far values refer to each other.
const mostReferences = 10

func (e entry) expanded(depth int) (list []Text) {
	for from := e.from; from < e.to; {
		line, next := diag.CutLine(e.file.Text[from:e.to])
		t := e.file.part(from, from+len(line)).trimmed()
		if t.Value != "" && (from == e.from || t.Value[0] != '#' && t.Value[0] != ';') {
			list = append(list, e.refer(t, depth)...)
		}
		if next < 0 {
			break
		}
		from += next
	}
	return list
}

// interpolation is what stands for another value.
var interpolation = regexp.MustCompile(`%\(([^)]+)\)s|%%`)

// refer puts values in the place of what refers to them. One of several lines can only be all of a line.
func (e entry) refer(t Text, depth int) []Text {
	if !strings.Contains(t.Value, "%") || depth > mostReferences {
		return []Text{t}
	}
	if m := interpolation.FindStringSubmatch(t.Value); m != nil && m[0] == t.Value && m[1] != "" {
		if other, ok := e.section.entries[m[1]]; ok {
			return other.expanded(depth + 1)
		}
	}
	return []Text{t.with(interpolation.ReplaceAllStringFunc(t.Value, func(found string) string {
		if found == "%%" {
			return "%"
		}
		if other := e.section.entries[found[2:len(found)-2]].expanded(depth + 1); len(other) == 1 {
			return other[0].Value
		}
		return found
	}))}
}

// joined are lines of which one that ends in a backslash goes on in the next.
func joined(lines []Text) (list []Text) {
	for i := 0; i < len(lines); i++ {
		t := lines[i]
		for strings.HasSuffix(t.Value, `\`) && i+1 < len(lines) {
			i++
			t = t.with(strings.TrimSuffix(t.Value, `\`) + lines[i].Value)
		}
		list = append(list, t)
	}
	return list
}

// text is a value of one line.
func (e entry) text() Text {
	if lines := e.lines(); len(lines) == 1 {
		return lines[0]
	}
	return Text{}
}

// directive is what follows "attr:" or "file:".
func (e entry) directive(name string) (Text, bool) {
	t := e.text()
	rest, ok := strings.CutPrefix(t.Value, name)
	if !ok {
		return Text{}, false
	}
	return t.cut(len(t.Value)-len(rest), len(t.Value)).trimmed(), true
}

// requirements are those of a value: one a line, or separated by ";" in one line.
func (r *reader) cfgRequirements(field string, e entry) (list []Text, ok bool) {
	if names, ok := e.directive("file:"); ok {
		return r.requirementFiles(field, names.split(","))
	}
	lines := e.lines()
	if len(lines) == 1 && !strings.ContainsAny(e.file.Text[e.from:e.to], "\r\n") {
		lines = lines[0].split(";")
	}
	for _, t := range joined(lines) {
		parsed, bad := t.requirement()
		if bad {
			r.unknown(field, t, "%q is no requirement", t.Value)
			return nil, false
		}
		if parsed.Value != "" {
			list = append(list, parsed)
		}
	}
	return list, true
}

// split are the parts of t that are not empty.
func (t Text) split(separator string) (list []Text) {
	from := 0
	for part := range strings.SplitSeq(t.Value, separator) {
		if one := t.cut(from, from+len(part)).trimmed(); one.Value != "" {
			list = append(list, one)
		}
		from += len(part) + len(separator)
	}
	return list
}

// isProject says whether the file states a project: many have only settings of tools.
func (c *config) isProject() bool {
	return c != nil && slices.ContainsFunc([]string{"metadata", "options", "options.extras_require"}, func(name string) bool {
		return c.sections[name] != nil
	})
}
