package inputs

import (
	"bytes"
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
)

// table is a table of a TOML file, in its order.
type table struct{ entries []entry }

// entry is a key of a table and its value.
type entry struct {
	key   piece
	value value
}

// value is a string, a table, a list of values, or none of these, of which only the text is kept.
type value struct {
	piece
	kind  valueKind
	table *table
	list  []value
}

type valueKind uint8

const (
	otherValue valueKind = iota
	stringValue
	tableValue
	listValue
)

// find is the entry of a key; nil if there is none.
func (t *table) find(key string) *entry {
	for i := range t.entries {
		if t.entries[i].key.value == key {
			return &t.entries[i]
		}
	}
	return nil
}

// below is the table at a key, which is made if there is none. Of an array of tables it is the last, or with another a
// new one.
func (t *table) below(key piece, another bool) *table {
	e := t.find(key.value)
	if e == nil {
		kind := tableValue
		if another {
			kind = listValue
		}
		t.entries = append(t.entries, entry{key, value{piece: key, kind: kind, table: &table{}}})
		e = &t.entries[len(t.entries)-1]
		if !another {
			return e.value.table
		}
	}
	if another {
		e.value.list = append(e.value.list, value{piece: key, kind: tableValue, table: &table{}})
	}
	if n := len(e.value.list); n > 0 && e.value.list[n-1].table != nil {
		return e.value.list[n-1].table
	}
	if e.value.table == nil {
		e.value.table = &table{}
	}
	return e.value.table
}

// parseTOML reads text, which is d's, perhaps with blanks in the place of what is no TOML. The decoder checks the rules;
// its parser of expressions knows the places.
func (d *document) parseTOML(text string) (*table, *diag.Error) {
	var nothing struct{}
	if err := toml.Unmarshal([]byte(text), &nothing); err != nil {
		var bad *toml.DecodeError
		if !errors.As(err, &bad) {
			return nil, diag.Input("%s", d.name).Because(err)
		}
		line, col := bad.Position()
		return nil, d.at(lineOffset(text, line)+max(col-1, 0), 1).Errorf("%s", strings.TrimPrefix(bad.Error(), "toml: "))
	}
	root := &table{}
	current := root
	var parser unstable.Parser
	parser.Reset([]byte(text))
	for parser.NextExpression() {
		e := parser.Expression()
		path := piecesOf(&parser, e)
		if len(path) == 0 {
			continue
		}
		last := path[len(path)-1]
		switch e.Kind {
		case unstable.KeyValue:
			current.set(path, valueOf(&parser, e.Value(), last))
		default:
			current = root
			for _, key := range path[:len(path)-1] {
				current = current.below(key, false)
			}
			current = current.below(last, e.Kind == unstable.ArrayTable)
		}
	}
	return root, nil
}

// lineOffset is where a line, counted from 1, begins.
func lineOffset(text string, line int) int {
	offset := 0
	for range line - 1 {
		next := strings.IndexByte(text[offset:], '\n')
		if next < 0 {
			return len(text)
		}
		offset += next + 1
	}
	return offset
}

func (t *table) set(path []piece, v value) {
	for _, key := range path[:len(path)-1] {
		t = t.below(key, false)
	}
	t.entries = append(t.entries, entry{path[len(path)-1], v})
}

// piecesOf are the parts of a key.
func piecesOf(parser *unstable.Parser, e *unstable.Node) (path []piece) {
	for it := e.Key(); it.Next(); {
		n := it.Node()
		path = append(path, pieceOf(parser, n))
	}
	return path
}

// pieceOf finds a string in the file. With escapes, no place within the value is one in the file: it is all marked.
func pieceOf(parser *unstable.Parser, n *unstable.Node) piece {
	raw := parser.Raw(n.Raw)
	if i := bytes.Index(raw, n.Data); i >= 0 {
		return piece{string(n.Data), int(n.Raw.Offset) + i, len(n.Data)}
	}
	return piece{string(n.Data), int(n.Raw.Offset), len(raw)}
}

// valueOf is a value; one that is no string stands where its key does.
func valueOf(parser *unstable.Parser, n *unstable.Node, key piece) value {
	v := value{piece: key}
	switch n.Kind {
	case unstable.String:
		return value{piece: pieceOf(parser, n), kind: stringValue}
	case unstable.InlineTable:
		v.kind, v.table = tableValue, &table{}
		for it := n.Children(); it.Next(); {
			if path := piecesOf(parser, it.Node()); len(path) > 0 {
				v.table.set(path, valueOf(parser, it.Node().Value(), path[len(path)-1]))
			}
		}
	case unstable.Array:
		v.kind = listValue
		for it := n.Children(); it.Next(); {
			if it.Node().Kind != unstable.Comment {
				v.list = append(v.list, valueOf(parser, it.Node(), key))
			}
		}
	default:
		v.value = string(n.Data)
	}
	return v
}
