package fixes

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
)

// value is a value of a TOML file and where it stands: text, items or fields, by its kind.
type value struct {
	kind   kind
	text   string
	items  []*value
	fields []field
	place  unstable.Range
	many   bool // an array of tables that [[headers]] make
}

type field struct {
	name  string
	place unstable.Range // of the key
	value *value
}

type kind uint8

const (
	other kind = iota
	text
	array
	table
)

// String is the kind as messages have it.
func (k kind) String() string {
	return [...]string{"a value of another kind", "text", "an array", "a table"}[k]
}

// file is a TOML file that is read, and what is wrong with it.
type file struct {
	name string
	data []byte
	errs []*diag.Error
}

// err is all that is wrong, in the order of the file.
func (f *file) err() error {
	slices.SortStableFunc(f.errs, func(a, b *diag.Error) int {
		return cmp.Or(a.Where.Line-b.Where.Line, a.Where.Col-b.Where.Col)
	})
	errs := make([]error, len(f.errs))
	for i, err := range f.errs {
		errs[i] = err
	}
	return errors.Join(errs...)
}

// fail notes what is wrong at a place.
func (f *file) fail(at unstable.Range, format string, args ...any) *diag.Error {
	err := diag.Input(format, args...)
	f.errs = append(f.errs, f.at(err, int(at.Offset), int(at.Length)))
	return err
}

// at sets the place of an error. What spans several lines is marked in its first.
func (f *file) at(err *diag.Error, offset, length int) *diag.Error {
	start := bytes.LastIndexByte(f.data[:offset], '\n') + 1
	line, _, _ := bytes.Cut(f.data[start:], []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	where := diag.Position{File: f.name, Line: bytes.Count(f.data[:start], []byte("\n")) + 1, Col: offset - start + 1}
	return err.At(where, string(line), max(1, min(length, start+len(line)-offset)))
}

// parse is the file as one table; nil if it is no TOML. The parser of expressions knows the places and takes a tenth of
// the time of decoding by reflection, which is left to say what is wrong with a file that it does not take.
func (f *file) parse() *value {
	root := &value{kind: table}
	current := root
	var p unstable.Parser
	p.Reset(f.data)
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			current = f.header(root, e)
		case unstable.KeyValue:
			f.keyValue(current, e, &p)
		}
	}
	if p.Error() != nil {
		f.errs = []*diag.Error{f.syntax(p.Error())}
		return nil
	}
	return root
}

// syntax is an error of the TOML library as one of ours.
func (f *file) syntax(err error) *diag.Error {
	var nothing map[string]any
	var bad *toml.DecodeError
	if !errors.As(toml.Unmarshal(f.data, &nothing), &bad) {
		return diag.Input("%s", f.name).Because(err)
	}
	line, column := bad.Position()
	offset := column - 1
	for rest := f.data; line > 1; line-- {
		n := bytes.IndexByte(rest, '\n') + 1
		offset, rest = offset+n, rest[n:]
	}
	return f.at(diag.Input("%s", strings.TrimPrefix(bad.Error(), "toml: ")), min(offset, len(f.data)), 1)
}

// header is the table that [a.b] or [[a.b]] begins.
func (f *file) header(root *value, e *unstable.Node) *value {
	v := root
	for keys := e.Key(); keys.Next(); {
		key := keys.Node()
		if !keys.IsLast() {
			v = f.enter(v, key)
			continue
		}
		fresh := &value{kind: table, place: key.Raw}
		had := v.get(string(key.Data))
		switch {
		case e.Kind == unstable.Table:
			return f.add(v, key, fresh)
		case had == nil:
			f.add(v, key, &value{kind: array, items: []*value{fresh}, place: key.Raw, many: true})
		case !had.many:
			return f.add(v, key, fresh)
		default:
			had.items = append(had.items, fresh)
		}
		return fresh
	}
	return v
}

// enter is the table of a key before the last of a dotted one: of an array of tables its last.
func (f *file) enter(v *value, key *unstable.Node) *value {
	switch had := v.get(string(key.Data)); {
	case had == nil:
		return f.add(v, key, &value{kind: table, place: key.Raw})
	case had.many:
		return had.items[len(had.items)-1]
	case had.kind == table:
		return had
	}
	return f.add(v, key, &value{kind: table, place: key.Raw})
}

// add gives a table a field. One that it has already is an error, and the new one hangs nowhere.
func (f *file) add(v *value, key *unstable.Node, fresh *value) *value {
	if v.get(string(key.Data)) != nil {
		f.fail(key.Raw, "%q stands twice", key.Data)
		return fresh
	}
	v.fields = append(v.fields, field{string(key.Data), key.Raw, fresh})
	return fresh
}

func (f *file) keyValue(v *value, e *unstable.Node, p *unstable.Parser) {
	for keys := e.Key(); keys.Next(); {
		if !keys.IsLast() {
			v = f.enter(v, keys.Node())
			continue
		}
		f.add(v, keys.Node(), f.value(e.Value(), keys.Node().Raw, p))
	}
}

// value is a value at its own place, or at that of its key where the parser does not know it.
func (f *file) value(n *unstable.Node, place unstable.Range, p *unstable.Parser) *value {
	if n.Raw.Length > 0 {
		place = n.Raw
	}
	v := &value{place: place}
	switch n.Kind {
	case unstable.String:
		v.kind, v.text = text, string(n.Data)
	case unstable.Array:
		v.kind = array
		for items := n.Children(); items.Next(); {
			if items.Node().Kind != unstable.Comment {
				v.items = append(v.items, f.value(items.Node(), place, p))
			}
		}
	case unstable.InlineTable:
		v.kind = table
		for items := n.Children(); items.Next(); {
			f.keyValue(v, items.Node(), p)
		}
	}
	return v
}

// get is the value of a field; nil if there is none.
func (v *value) get(name string) *value {
	for i := range v.fields {
		if v.fields[i].name == name {
			return v.fields[i].value
		}
	}
	return nil
}
