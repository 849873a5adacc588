package setuppy

import (
	"slices"
	"strings"

	"mach/helper/diag"
)

// plain is what is given to setup, as it is at that moment.
type plain struct {
	kind    Kind
	text    string
	at      diag.Position
	items   []plain // of a list
	keys    []string
	unknown *unknown
}

// called is one call of setup.
type called struct {
	values map[string]plain
	rest   *unknown // other keywords may be given, or these may be others
	at     diag.Position
}

// setup notes what it is called with. The symbols among it split the way.
func setup(r *run, c *call) object {
	values := map[string]plain{}
	rest := c.more
	if len(c.args) > 0 {
		rest = r.unknown(c.s, c.pos, "setup is called with an argument without a name")
	}
	for _, n := range c.named {
		if requirementKeywords[n.name] {
			values[n.name] = r.requirements(n.value, r.where(c.s, c.pos))
		} else {
			values[n.name] = r.plain(n.value, 0)
		}
	}
	r.calls = append(r.calls, called{values, rest, r.where(c.s, c.pos)})
	r.calm = true // what follows does not matter, unless it calls setup again
	return r.unknown(c.s, c.pos, "it comes out of setup")
}

// requirementKeywords are lists of requirements, or a text with one on each line.
var requirementKeywords = map[string]bool{"install_requires": true, "setup_requires": true, "tests_require": true}

// plain is o without what can change.
func (r *run) plain(o object, depth int) plain {
	r.step()
	r.grow(200)
	if depth > maxCalls {
		return plain{kind: Lost, unknown: blame(&version{})}
	}
	o = r.resolve(o)
	switch o := o.(type) {
	case none:
		return plain{kind: Absent}
	case bool, int64, float64:
		s, ok := show(o)
		if ok {
			return plain{kind: Other, text: s}
		}
	case *str:
		if strings.ContainsRune(o.s, 0) {
			return plain{kind: Lost, unknown: &unknown{Unknown: Unknown{"it depends on where the directory is", o.at}}}
		}
		return plain{kind: Text, text: o.s, at: o.at}
	case *list:
		return r.plainList(o, depth)
	case *dict:
		return r.plainDict(o, depth)
	}
	return plain{kind: Lost, unknown: blame(o)}
}

func (r *run) plainList(o *list, depth int) plain {
	items, u := r.iterate(o)
	if u != nil {
		return plain{kind: Lost, unknown: u}
	}
	all := plain{kind: List}
	for _, item := range items {
		all.items = append(all.items, r.plain(item, depth+1))
	}
	return all
}

func (r *run) plainDict(o *dict, depth int) plain {
	if o.lost != nil {
		return plain{kind: Lost, unknown: o.lost}
	}
	all := plain{kind: Table}
	for _, key := range slices.Clone(o.keys) {
		t, ok := key.(*str)
		if !ok {
			return plain{kind: Lost, unknown: blame(key)}
		}
		v, _ := o.get(key)
		all.keys = append(all.keys, t.s)
		all.items = append(all.items, r.plain(v, depth+1))
	}
	return all
}

// requirements is a list of requirements as setuptools takes it: nested lists, and texts of several lines.
func (r *run) requirements(o object, at diag.Position) plain {
	return asRequirements(r.plain(o, 0))
}

func asRequirements(p plain) plain {
	switch p.kind {
	case Absent, Lost:
		return p
	case Other:
		if p.text == "False" || p.text == "0" {
			return plain{kind: Absent}
		}
		return plain{kind: Lost, unknown: &unknown{Unknown: Unknown{"it is no list of requirements", p.at}}}
	}
	texts, u := flat(p, nil)
	if u != nil {
		return plain{kind: Lost, unknown: u}
	}
	all := plain{kind: List}
	for _, t := range requirementLines(texts) {
		all.items = append(all.items, plain{kind: Text, text: t.s, at: t.at})
	}
	return all
}

// flat are the texts in p; of a table, its keys.
func flat(p plain, all []object) ([]object, *unknown) {
	switch p.kind {
	case Text:
		return append(all, &str{s: p.text, at: p.at}), nil
	case Table:
		for _, key := range p.keys {
			all = append(all, text(key))
		}
		return all, nil
	case List:
		for _, item := range p.items {
			var u *unknown
			if all, u = flat(item, all); u != nil {
				return nil, u
			}
		}
		return all, nil
	case Lost:
		return nil, p.unknown
	}
	return nil, &unknown{Unknown: Unknown{"it is no list of requirements", p.at}}
}

// requirementLines are the requirements in texts: a line each, without comments, where a backslash joins lines.
func requirementLines(texts []object) (all []*str) {
	joined := ""
	for _, o := range texts {
		t := o.(*str)
		for i, line := range strings.Split(t.s, "\n") {
			line = strings.TrimFunc(line, isSpace)
			if line == "" || strings.HasPrefix(line, "#") {
				continue
			}
			if cut := strings.Index(line, " #"); cut >= 0 {
				line = strings.TrimFunc(line[:cut], isSpace)
			}
			if before, more := strings.CutSuffix(line, `\`); more {
				joined += strings.TrimFunc(before, isSpace)
				continue
			}
			at := t.at
			if i > 0 && at.Line > 0 {
				at.Line, at.Col = at.Line+i, 0
			}
			all = append(all, &str{s: joined + line, at: at})
			joined = ""
		}
	}
	return all
}
