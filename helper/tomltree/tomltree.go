// Package tomltree reads TOML 1.0 into a tree that knows where all of it was written.
//
// It is for files that people write, and for what is said of them: each key and value has its place. A file is parsed
// once, by the parser of expressions of go-toml, and there is no reflection; so it also takes a fraction of the time of
// decoding. Numbers, dates and times stay as they are written, and are not checked beyond their characters.
//
// What is no TOML is an error, at the byte where that shows, in the words of go-toml. So is a key that stands twice: that
// a table has already, or that extends what TOML says is whole, as an inline table.
package tomltree

import (
	"mach/helper/diag"
)

// Kind is what a value is.
type Kind uint8

// The kinds of values.
const (
	Other  Kind = iota // a number, a date or a time
	Bool               // true or false
	String             // in quotes of any form
	Array              // also of tables, by [[headers]]
	Table              // by a header, by dots, or inline
)

// Value is a value and its key. A nil Value is one that is not there, and has all methods.
type Value struct {
	Kind   Kind
	Key    Text     // the last part of its key; of an item of an array that of the array; of the root none
	Text   Text     // of a String what it says, of Bool and Other what is written; of all the place: see Text
	Items  []*Value // of an Array
	Fields []*Value // of a Table, each name once, in the order in which the file names them first
	made   made
	names  map[string]*Value // the fields, if they are many
}

// Text is a key or a value as a text, and where it stands. A table or an array stands where it is written inline, or
// else where its key does, and has no text.
type Text struct {
	Value  string
	File   *diag.File
	offset uint32 // of what is written, in bytes from the start of the file
	length uint32
}

// Origin is where the text stands, without its quotes. With escapes in it, that is all that is written.
func (t Text) Origin() diag.Origin { return t.at(t.Span()) }

// Within is where span bytes at offset of the text stand; with escapes in it, all that is written.
func (t Text) Within(offset, span int) diag.Origin {
	start, length := t.Span()
	if length != len(t.Value) {
		return t.Written()
	}
	return t.at(start+offset, span)
}

// Written is where the text stands, with its quotes.
func (t Text) Written() diag.Origin { return t.at(int(t.offset), int(t.length)) }

// Span is the place that Origin names, in bytes from the start of the file. Its length is that of the text if this
// stands there as it is.
func (t Text) Span() (offset, length int) {
	offset, length = int(t.offset), int(t.length)
	if t.File == nil {
		return 0, 0
	}
	before, behind := quotes(t.File.Text[offset : offset+length])
	if length-before-behind != len(t.Value) {
		return offset, length
	}
	return offset + before, len(t.Value)
}

func (t Text) at(offset, span int) diag.Origin {
	if t.File == nil {
		return diag.Origin{}
	}
	return t.File.At(offset, span)
}

// At is the value at a path of keys below v.
func (v *Value) At(path ...string) *Value {
	for _, name := range path {
		if v == nil {
			return nil
		}
		v = v.field(name)
	}
	return v
}

// Is says whether v is there, and of a kind.
func (v *Value) Is(kind Kind) bool { return v != nil && v.Kind == kind }

// IsTrue says whether v is true.
func (v *Value) IsTrue() bool { return v.Is(Bool) && v.Text.Value == "true" }

// String is the text of a String at a path below v; for anything else the zero Text.
func (v *Value) String(path ...string) Text {
	if v = v.At(path...); v.Is(String) {
		return v.Text
	}
	return Text{}
}

// Strings are the texts of an Array; of one that is not there none. It is not ok if v or an item is of another kind.
func (v *Value) Strings() (list []Text, ok bool) {
	if v == nil {
		return nil, true
	}
	for _, item := range v.Items {
		if item.Kind != String {
			return nil, false
		}
		list = append(list, item.Text)
	}
	return list, v.Kind == Array
}

// Values are the texts of Strings without their places; where it is not ok none.
func (v *Value) Values() (all []string) {
	list, _ := v.Strings()
	for _, t := range list {
		all = append(all, t.Value)
	}
	return all
}

// Each yields the fields of a table with their names.
func (v *Value) Each(yield func(name string, field *Value) bool) {
	if v == nil {
		return
	}
	for _, f := range v.Fields {
		if !yield(f.Key.Value, f) {
			return
		}
	}
}

// many is the number of fields from which on they are found by a map: an 8 MiB table of one-letter values is no reason
// to hang.
const many = 16

func (v *Value) field(name string) *Value {
	if v.names != nil {
		return v.names[name]
	}
	for _, f := range v.Fields {
		if f.Key.Value == name {
			return f
		}
	}
	return nil
}

// add adds a field of a new name.
func (v *Value) add(f *Value) {
	v.Fields = append(v.Fields, f)
	switch {
	case v.names != nil:
		v.names[f.Key.Value] = f
	case len(v.Fields) == many:
		v.names = map[string]*Value{}
		for _, f := range v.Fields {
			v.names[f.Key.Value] = f
		}
	}
}
