package sdist

import (
	"path"
	"strings"

	"mach/helper/diag"
	"mach/helper/pep508"
	"mach/helper/setuppy"
)

// setupCall is what setup.py says to setup. A nil one says nothing.
type setupCall struct {
	reader *reader
	call   *setuppy.Call
	why    *Unknown // nothing of it is known
}

// extra is an entry of extras_require: its key, as written, and the requirements.
type extra struct {
	Text
	requirements []Text
}

// setupPy reads setup.py.
func (r *reader) setupPy() *setupCall {
	f, err := r.open("setup.py")
	if err != nil {
		return &setupCall{why: &Unknown{Reason: err.Error(), Text: Text{file: &diag.File{Name: path.Join(r.shown, "setup.py")}}}}
	}
	call, err := setuppy.Read([]byte(f.Text), r.tree, r.prefix())
	if err != nil {
		return &setupCall{why: &Unknown{Reason: err.Error(), Text: Text{file: &f.File}}}
	}
	return &setupCall{reader: r, call: call}
}

// prefix is what names of files in messages begin with.
func (r *reader) prefix() string {
	if prefix := path.Clean(r.shown); prefix != "." {
		return strings.TrimSuffix(prefix, "/") + "/"
	}
	return ""
}

// placed is a value that was read at a place, of which the byte is known but not how it is written there.
func (r *reader) placed(value string, at diag.Position) Text {
	t := Text{Value: value, file: &diag.File{Name: at.File}}
	f, err := r.open(strings.TrimPrefix(at.File, r.prefix()))
	if err != nil || at.Line == 0 {
		return t
	}
	t.file = &f.File
	for range at.Line - 1 {
		_, next := diag.CutLine(f.Text[t.offset:])
		t.offset += max(next, 0)
	}
	t.offset = min(t.offset+max(at.Col-1, 0), len(f.Text))
	for _, quote := range []string{"", `"`, `'`} {
		if strings.HasPrefix(f.Text[t.offset:], quote+value) {
			t.offset, t.span = t.offset+len(quote), len(value)
			return t
		}
	}
	return t
}

func (c *setupCall) unknown(u setuppy.Unknown) *Unknown {
	if u.Where.File == "" {
		u.Where = c.call.Where
	}
	return &Unknown{Reason: u.Reason, Text: c.reader.placed("", u.Where)}
}

// text is a keyword that is a text; the zero Text if it is not given.
func (c *setupCall) text(keyword string) (Text, *Unknown) {
	if c == nil || c.why != nil {
		return Text{}, c.reason()
	}
	switch v := c.call.Get(keyword); v.Kind {
	case setuppy.Absent:
		return Text{}, nil
	case setuppy.Text:
		return c.reader.placed(v.Text, v.Where), nil
	case setuppy.Lost:
		return Text{}, c.unknown(v.Unknown)
	default:
		return Text{}, c.unknown(setuppy.Unknown{Reason: keyword + " is no text"})
	}
}

func (c *setupCall) reason() *Unknown {
	if c == nil {
		return nil
	}
	return c.why
}

// list are requirements, with the conditions under which setup is given them.
func (c *setupCall) list(keyword string) ([]Text, *Unknown) {
	if c == nil || c.why != nil {
		return nil, c.reason()
	}
	return c.requirements(keyword, c.call.Get(keyword))
}

func (c *setupCall) requirements(keyword string, v setuppy.Value) (list []Text, why *Unknown) {
	switch v.Kind {
	case setuppy.Absent:
		return nil, nil
	case setuppy.Lost:
		return nil, c.unknown(v.Unknown)
	case setuppy.List:
	default:
		return nil, c.unknown(setuppy.Unknown{Reason: keyword + " is no list of requirements"})
	}
	for _, item := range v.Items {
		t := c.reader.placed(item.Text, item.Where)
		_, err := pep508.ParseLenient(item.Text)
		t, ok := only(t, item.Marker)
		if err != nil || !ok {
			return nil, &Unknown{Reason: sprintf("%q is no requirement", item.Text), Text: t}
		}
		list = append(list, t)
	}
	return list, nil
}

// table is extras_require, in its order.
func (c *setupCall) table(keyword string) (all []extra, why *Unknown) {
	if c == nil || c.why != nil {
		return nil, c.reason()
	}
	switch v := c.call.Get(keyword); v.Kind {
	case setuppy.Absent:
		return nil, nil
	case setuppy.Lost:
		return nil, c.unknown(v.Unknown)
	case setuppy.Table:
		for _, e := range v.Entries {
			list, why := c.requirements(keyword, e.Value)
			if why != nil {
				return nil, why
			}
			all = append(all, extra{c.reader.placed(e.Key, c.call.Where), list})
		}
		return all, nil
	default:
		return nil, c.unknown(setuppy.Unknown{Reason: keyword + " is no table of extras"})
	}
}
