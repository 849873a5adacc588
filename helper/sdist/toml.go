package sdist

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
)

// value is a value of a TOML file. A nil value is one that is not there.
type value struct {
	kind  unstable.Kind // String, Bool, Integer, …; Array, also for an array of tables; InlineTable for every table
	key   Text          // as written; of an item of an array that of the array
	text  Text          // of a String, and of a number as written
	items []*value      // of an Array
	names []string      // of a table, in their order
	table map[string]*value
}

// read are the tables that are looked at; others may be long.
var read = []string{"project", "build-system", "dependency-groups", "tool"}

// readTools are those below tool.
var readTools = []string{"setuptools", "poetry", "poetry-dynamic-versioning", "flit", "pdm", "hatch", "uv", "setuptools_scm", "setuptools-scm", "pbr"}

// parseTOML reads a file. The decoder checks the rules of TOML; its parser of expressions knows the places.
func parseTOML(f *file) (*value, *diag.Error) {
	var nothing struct{}
	if err := toml.Unmarshal([]byte(f.contents), &nothing); err != nil {
		return nil, f.tomlError(err)
	}
	p := tomlParser{file: f}
	p.Reset([]byte(f.contents))
	root := newTable(Text{file: f})
	here := root
	for p.NextExpression() {
		e := p.Expression()
		switch path := p.keys(e); {
		case e.Kind == unstable.KeyValue && here != nil:
			here.put(path, p.value(path[len(path)-1], e.Value()))
		case e.Kind == unstable.KeyValue:
		case !wanted(path):
			here = nil
		case e.Kind == unstable.ArrayTable:
			last := path[len(path)-1]
			list := root.put(path, &value{kind: unstable.Array, key: last})
			here = newTable(last)
			list.items = append(list.items, here)
		default:
			here = root.put(path, newTable(path[len(path)-1]))
		}
	}
	return root, nil
}

// tomlError gives an error of the decoder its place.
func (f *file) tomlError(err error) *diag.Error {
	var bad *toml.DecodeError
	if !errors.As(err, &bad) {
		return diag.Input("%s", f.name).Because(err)
	}
	line, col := bad.Position()
	offset := 0
	for range line - 1 {
		_, next := diag.CutLine(f.contents[offset:])
		offset += max(next, 0)
	}
	at := diag.Locate(f.name, f.contents, offset, 1)
	at.Where.Col = col
	return at.Errorf("%s", strings.TrimPrefix(bad.Error(), "toml: "))
}

func wanted(path []Text) bool {
	if !slices.Contains(read, path[0].Value) {
		return false
	}
	return path[0].Value != "tool" || len(path) == 1 || slices.Contains(readTools, path[1].Value)
}

// tomlParser reads expressions.
type tomlParser struct {
	unstable.Parser
	file *file
}

// keys is the path of an expression; of each part the place, as it is written there.
func (p *tomlParser) keys(e *unstable.Node) (path []Text) {
	for it := e.Key(); it.Next(); {
		n := it.Node()
		path = append(path, Text{Value: string(n.Data), file: p.file, offset: int(n.Raw.Offset), span: int(n.Raw.Length)})
	}
	return path
}

func (p *tomlParser) value(key Text, n *unstable.Node) *value {
	v := &value{kind: n.Kind, key: key}
	switch n.Kind {
	case unstable.String:
		v.text = p.string(n)
	case unstable.Array:
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				v.items = append(v.items, p.value(key, it.Node()))
			}
		}
	case unstable.InlineTable:
		v.table = map[string]*value{}
		for it := n.Children(); it.Next(); {
			if e := it.Node(); e.Kind == unstable.KeyValue {
				path := p.keys(e)
				v.put(path, p.value(path[len(path)-1], e.Value()))
			}
		}
	default:
		v.text = key.with(string(n.Data))
	}
	return v
}

// string finds a string in the file. With escapes, no place within the value is one in the file: it is all marked.
func (p *tomlParser) string(n *unstable.Node) Text {
	raw := p.Raw(n.Raw)
	if i := bytes.Index(raw, n.Data); i >= 0 {
		return Text{Value: string(n.Data), file: p.file, offset: int(n.Raw.Offset) + i, span: len(n.Data)}
	}
	return Text{Value: string(n.Data), file: p.file, offset: int(n.Raw.Offset), span: len(raw)}
}

func newTable(key Text) *value {
	return &value{kind: unstable.InlineTable, key: key, table: map[string]*value{}}
}

// put puts a value at a path below v, or finds the one that is there: a table may be named several times. Below an array
// of tables the last is meant.
func (v *value) put(path []Text, leaf *value) *value {
	for i, key := range path {
		if v.kind == unstable.Array && len(v.items) > 0 {
			v = v.items[len(v.items)-1]
		}
		if v.table == nil {
			return leaf // which the decoder refuses
		}
		next := v.table[key.Value]
		if next == nil {
			if next = leaf; i < len(path)-1 {
				next = newTable(key)
			}
			v.table[key.Value] = next
			v.names = append(v.names, key.Value)
		}
		v = next
	}
	return v
}

// at is the value at a path below v; nil if there is none.
func (v *value) at(path ...string) *value {
	for _, name := range path {
		if v == nil {
			return nil
		}
		v = v.table[name]
	}
	return v
}

func (v *value) is(kind unstable.Kind) bool { return v != nil && v.kind == kind }

func (v *value) isTable() bool { return v.is(unstable.InlineTable) }

func (v *value) isTrue() bool { return v.is(unstable.Bool) && v.text.Value == "true" }

// string is the text at a path below v; the zero Text if there is none.
func (v *value) string(path ...string) Text {
	if v = v.at(path...); v.is(unstable.String) {
		return v.text
	}
	return Text{}
}

// each yields the entries of a table in their order.
func (v *value) each(yield func(name string, entry *value) bool) {
	if v == nil {
		return
	}
	for _, name := range v.names {
		if !yield(name, v.table[name]) {
			return
		}
	}
}

// strings are the texts of an array; not ok if there is another thing in it, or it is no array. A value that is not
// there is an empty array.
func (v *value) strings() (list []Text, ok bool) {
	if v == nil {
		return nil, true
	}
	for _, item := range v.items {
		if item.kind != unstable.String {
			return nil, false
		}
		list = append(list, item.text)
	}
	return list, v.kind == unstable.Array
}
