package tomltree

import (
	"errors"
	"strings"
	"sync"
	"unsafe"

	"github.com/pelletier/go-toml/v2/unstable"

	"mach/helper/diag"
)

// made is how a table or an array came to be, by which TOML says what may still be added to it.
type made uint8

const (
	byValue   made = iota // a value: nothing
	byDots                // the dots of a key: other keys with dots, and tables below it
	byParent              // the header of a table below it: its own header, once, and other tables below it
	byHeader              // its own [header]: other tables below it
	byHeaders             // [[headers]]: further ones, and tables below the last
)

// Parse parses a text and says where in a file that stands. Usually that is file.Text; else the text has every byte
// where the file has it, and blanks in the place of what is no TOML. The error is the first, and there is no tree then.
func Parse(text string, file *diag.File) (*Value, *diag.Error) {
	root, twice, bad := ParseAll(text, file)
	if bad == nil && len(twice) > 0 {
		bad = twice[0].Written().Errorf("key %s is already defined", twice[0].Value)
		bad.Span = 1
	}
	if bad != nil {
		return nil, bad
	}
	return root, nil
}

// ParseAll is Parse for one who says all that is wrong with a file: of keys that stand twice there is a list, and a tree
// in which the first counts.
func ParseAll(text string, file *diag.File) (root *Value, twice []Text, bad *diag.Error) {
	expressions := pool.Get().(*unstable.Parser)
	defer pool.Put(expressions)
	root = &Value{Kind: Table, Text: Text{File: file}, made: byHeader}
	p := parser{Parser: expressions, text: text, file: file, root: root, here: root}
	p.Reset(unsafe.Slice(unsafe.StringData(text), len(text))) // it writes nothing
	defer p.Reset(nil)
	for p.NextExpression() {
		if e := p.Expression(); e.Kind == unstable.KeyValue {
			p.keyValue(p.here, e)
		} else {
			p.here = p.header(e)
		}
	}
	if err := p.Error(); err != nil {
		return nil, nil, p.noTOML(err)
	}
	return root, p.twice, nil
}

// pool keeps the memory that parsers have for expressions, which is more than that of most trees.
var pool = sync.Pool{New: func() any { return new(unstable.Parser) }}

type parser struct {
	*unstable.Parser
	text string
	file *diag.File
	root *Value
	here *Value  // the table of the last header
	free []Value // allocated, and not yet used

	twice []Text
}

// noTOML gives an error of the parser its place.
func (p *parser) noTOML(err error) *diag.Error {
	var bad *unstable.ParserError
	if !errors.As(err, &bad) {
		return diag.Input("%s", p.file.Name).Because(err)
	}
	return p.file.At(int(p.Range(bad.Highlight).Offset), 1).Errorf("%s", bad.Message)
}

// header is the table that [a.b] or [[a.b]] begins. One that is wrong hangs nowhere.
func (p *parser) header(e *unstable.Node) *Value {
	v := p.root
	for keys := e.Key(); keys.Next(); {
		key := p.textOf(keys.Node())
		had := v.field(key.Value)
		if !keys.IsLast() {
			if v = p.enter(v, had, key, byParent); v == nil {
				break
			}
			continue
		}
		fresh := p.value(key, Table, byHeader)
		switch several := e.Kind == unstable.ArrayTable; {
		case had == nil && several:
			had = p.value(key, Array, byHeaders)
			had.Items = append(had.Items, fresh)
			v.add(had)
		case had == nil:
			v.add(fresh)
		case had.made == byHeaders && several:
			had.Items = append(had.Items, fresh)
		case had.made == byParent && !several:
			had.made = byHeader
			return had
		default:
			p.twice = append(p.twice, key)
		}
		return fresh
	}
	return &Value{Kind: Table}
}

// enter is the table of a part of a key before the last, which is made if there is none; of an array of tables the last.
// It is nil for a value.
func (p *parser) enter(v, had *Value, key Text, how made) *Value {
	switch {
	case had == nil:
		had = p.value(key, Table, how)
		v.add(had)
	case had.made == byHeaders && how == byParent:
		return had.Items[len(had.Items)-1]
	case had.made == byValue, had.made != byDots && how == byDots:
		p.twice = append(p.twice, key)
		return nil
	}
	return had
}

// keyValue sets a field, whose key may have dots.
func (p *parser) keyValue(v *Value, e *unstable.Node) {
	for keys := e.Key(); keys.Next(); {
		key := p.textOf(keys.Node())
		had := v.field(key.Value)
		switch {
		case !keys.IsLast():
			if v = p.enter(v, had, key, byDots); v == nil {
				return
			}
		case had != nil:
			p.twice = append(p.twice, key)
		default:
			v.add(p.read(key, e.Value()))
		}
	}
}

// read is the value of a key.
func (p *parser) read(key Text, n *unstable.Node) *Value {
	v := p.value(key, Other, byValue)
	if n.Raw.Length > 0 {
		v.Text = p.textOf(n)
	}
	switch n.Kind {
	case unstable.String:
		v.Kind = String
	case unstable.Bool:
		v.Kind = Bool
	case unstable.Array:
		v.Kind = Array
		for items := n.Children(); items.Next(); {
			v.Items = append(v.Items, p.read(key, items.Node()))
		}
	case unstable.InlineTable:
		v.Kind = Table
		for items := n.Children(); items.Next(); {
			p.keyValue(v, items.Node())
		}
	}
	return v
}

// value is a new value, which stands where its key does.
func (p *parser) value(key Text, kind Kind, how made) *Value {
	if len(p.free) == 0 {
		p.free = make([]Value, 32)
	}
	v := &p.free[0]
	p.free = p.free[1:]
	*v = Value{Kind: kind, Key: key, Text: key, made: how}
	v.Text.Value = ""
	return v
}

// textOf is what a node says and where. What stands in the file as it is said is a part of its text, and no copy.
func (p *parser) textOf(n *unstable.Node) Text {
	t := Text{File: p.file, offset: n.Raw.Offset, length: n.Raw.Length}
	raw := p.text[n.Raw.Offset : n.Raw.Offset+n.Raw.Length]
	before, behind := quotes(raw)
	if inner := raw[before : len(raw)-behind]; inner == string(n.Data) {
		t.Value = inner
	} else {
		t.Value = string(n.Data)
	}
	return t
}

// quotes counts the bytes of what is written before a text and behind it: quotes, and the end of a line behind three.
func quotes(raw string) (before, behind int) {
	switch {
	case strings.HasPrefix(raw, "\"\"\"\r\n"), strings.HasPrefix(raw, "'''\r\n"):
		return 5, 3
	case strings.HasPrefix(raw, "\"\"\"\n"), strings.HasPrefix(raw, "'''\n"):
		return 4, 3
	case strings.HasPrefix(raw, `"""`), strings.HasPrefix(raw, "'''"):
		return 3, 3
	case strings.HasPrefix(raw, `"`), strings.HasPrefix(raw, "'"):
		return 1, 1
	}
	return 0, 0
}
