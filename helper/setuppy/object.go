package setuppy

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"mach/helper/diag"
	"mach/helper/setuppy/syntax"
	"mach/helper/setuppy/worlds"
)

// object is a value of Python: one of the types below, or bool, int64 or float64.
type object any

type (
	none struct{}

	// str is a text or bytes, and where it stands in a file.
	str struct {
		s     string
		at    diag.Position
		bytes bool
	}

	// list is a list, tuple or set, of which only the first may change its items in place.
	list struct {
		kind  byte // '[', '(' or '{'
		items []object
		lost  *unknown // something unknown may have changed it
	}

	// dict keeps its keys in the order in which they were set.
	dict struct {
		keys   []object
		values map[string]object // by hash of the key
		lost   *unknown
	}

	// unknown is a value that cannot be known. Values that were made of it share it.
	unknown struct {
		Unknown
		maker string // dotted name of what was called or imported, "" if that does not matter
	}

	// symbol is a value that depends on the environment, in one dimension.
	symbol struct {
		dim   worlds.Dim
		of    func(point int) object
		depth int // operations that it was made of
	}

	// function is one of the file's own.
	function struct {
		name     string
		params   []syntax.Param
		defaults []object
		body     []syntax.Stmt
		result   syntax.Expr // of a lambda
		yields   bool
		scope    *scope
	}

	// builtin is a function that is known here.
	builtin struct {
		name string
		call func(r *run, c *call) object
		pure bool // it changes nothing, and is given nothing that is unknown
	}

	// class is one of the file's own; nothing is known of its instances.
	class struct {
		name  string
		bases []object
		node  syntax.Class
		scope *scope
	}

	// module is one that is read from the tree, or one whose attributes are known here.
	module struct {
		name  string
		scope *scope
		shaky *unknown // what may have made its import fail
	}

	// namespace is globals() or locals(): the names of a module.
	namespace struct{ scope *scope }

	// path is a pathlib.Path.
	pathObject struct{ p string }

	// file is one that was opened, at its beginning.
	file struct {
		text *str
		name string
	}

	// exception is a class of exceptions that is known here, or an instance.
	exception struct{ name string }

	// loaded is sys.modules.
	loaded struct{}

	// spec is a file of the tree that is to be loaded as a module.
	spec struct{ path string }

	// parsed is a version that can be compared.
	parsed struct{ parts *list }

	// version is text of which only the beginning is known: sys.version.
	version struct{ known string }
)

// maxHash bounds the length of a hash.
const maxHash = 1 << 16

// hash tells keys of a dict and members of a set apart; false if o is none, or too large a one.
func hash(o object) (string, bool) {
	switch o := o.(type) {
	case *str:
		return "s" + o.s, true
	case bool:
		if o {
			return "n1", true
		}
		return "n0", true
	case int64:
		return "n" + strconv.FormatInt(o, 10), true
	case none:
		return "-", true
	case *list:
		return hashTuple(o)
	case *pattern, *function, *builtin, *class:
		return fmt.Sprintf("%p", o), true
	}
	return "", false
}

func hashTuple(l *list) (string, bool) {
	if l.kind != '(' || l.lost != nil {
		return "", false
	}
	all := "("
	for _, item := range l.items {
		h, ok := hash(item)
		if !ok || len(all)+len(h) > maxHash {
			return "", false
		}
		all += strconv.Itoa(len(h)) + ":" + h
	}
	return all, true
}

func newDict() *dict { return &dict{values: map[string]object{}} }

func (d *dict) get(key object) (object, bool) {
	h, _ := hash(key)
	v, ok := d.values[h]
	return v, ok
}

// set is false if key can be none.
func (d *dict) set(key, value object) bool {
	h, ok := hash(key)
	if !ok {
		return false
	}
	if _, had := d.values[h]; !had {
		d.keys = append(d.keys, key)
	}
	d.values[h] = value
	return true
}

func (d *dict) remove(key object) {
	h, _ := hash(key)
	delete(d.values, h)
	for i, k := range d.keys {
		if other, _ := hash(k); other == h {
			d.keys = append(d.keys[:i:i], d.keys[i+1:]...)
			return
		}
	}
}

func text(s string) *str { return &str{s: s} }

// typeName is what Python calls the type of o.
func typeName(o object) string {
	switch o := o.(type) {
	case none:
		return "NoneType"
	case *str:
		if o.bytes {
			return "bytes"
		}
		return "str"
	case bool:
		return "bool"
	case int64:
		return "int"
	case float64:
		return "float"
	case *list:
		return map[byte]string{'[': "list", '(': "tuple", '{': "set"}[o.kind]
	case *dict:
		return "dict"
	case *function, *builtin:
		return "function"
	}
	return ""
}

// equal is the == of Python; the second result is false if that is not known.
func equal(a, b object) (same, known bool) {
	left := maxLook
	return equalIn(a, b, &left)
}

// equalIn is equal as long as left values are left to compare.
func equalIn(a, b object, left *int) (same, known bool) {
	if *left--; *left < 0 {
		return false, false
	}
	switch a := a.(type) {
	case *str:
		if o, ok := b.(*str); ok {
			return equalText(a, o)
		}
	case *list:
		if o, ok := b.(*list); ok {
			return equalLists(a, o, left)
		}
	case *dict:
		if o, ok := b.(*dict); ok {
			return equalDicts(a, o, left)
		}
	case *parsed:
		if o, ok := b.(*parsed); ok {
			return equalLists(a.parts, o.parts, left)
		}
	case *pathObject:
		if o, ok := b.(*pathObject); ok {
			return a.p == o.p, true
		}
	}
	if x, ok := number(a); ok {
		if y, ok := number(b); ok {
			return x == y, true
		}
	}
	if a == (none{}) || b == (none{}) {
		return a == b, isValue(a) && isValue(b)
	}
	return false, typeName(a) != "" && typeName(b) != ""
}

// isValue says whether o is a value at all, whatever it is.
func isValue(o object) bool {
	switch o.(type) {
	case *unknown, *symbol, *bound, *partial, nil:
		return false
	}
	return true
}

// systemsOfOld are names of platforms that no Python of today has.
var systemsOfOld = map[string]bool{"linux2": true, "linux3": true, "win64": true, "win16": true, "windows": true, "mac": true, "os2": true, "riscos": true, "cli": true, "nt": true, "posix": true, "Microsoft": true, "macosx": true, "macos": true, "osx": true, "win": true, "Linux2": true, "msys": true}

func equalText(a, b *str) (same, known bool) {
	if a.s == worlds.Other || b.s == worlds.Other {
		other := a.s
		if other == worlds.Other {
			other = b.s
		}
		return false, worlds.Listed(other) || systemsOfOld[other]
	}
	return a.s == b.s && a.bytes == b.bytes, true
}

func equalLists(a, b *list, left *int) (same, known bool) {
	switch {
	case a.lost != nil || b.lost != nil:
		return false, false
	case a.kind != b.kind || len(a.items) != len(b.items):
		return false, true
	case a.kind == '{':
		return isSubset(a, b), true
	}
	for i := range a.items {
		if same, known := equalIn(a.items[i], b.items[i], left); !same || !known {
			return same, known
		}
	}
	return true, true
}

func equalDicts(a, b *dict, left *int) (same, known bool) {
	if a.lost != nil || b.lost != nil {
		return false, false
	}
	if len(a.keys) != len(b.keys) {
		return false, true
	}
	for _, key := range a.keys {
		x, _ := a.get(key)
		y, ok := b.get(key)
		if !ok {
			return false, true
		}
		if same, known := equalIn(x, y, left); !same || !known {
			return same, known
		}
	}
	return true, true
}

func isSubset(a, b *list) bool {
	in := map[string]bool{}
	for _, item := range b.items {
		h, _ := hash(item)
		in[h] = true
	}
	for _, item := range a.items {
		if h, _ := hash(item); !in[h] {
			return false
		}
	}
	return true
}

// number is the value of a number.
func number(o object) (float64, bool) {
	if f, ok := o.(float64); ok {
		return f, true
	}
	n, ok := integer(o)
	return float64(n), ok
}

// integer is the value of a whole number.
func integer(o object) (int64, bool) {
	switch o := o.(type) {
	case bool:
		if o {
			return 1, true
		}
		return 0, true
	case int64:
		return o, true
	}
	return 0, false
}

// show is str(o); false if that is not known here.
func show(o object) (string, bool) {
	switch o := o.(type) {
	case *str:
		return o.s, !o.bytes
	case none:
		return "None", true
	case bool:
		if o {
			return "True", true
		}
		return "False", true
	case int64:
		return strconv.FormatInt(o, 10), true
	case float64:
		return showFloat(o)
	case *pathObject:
		return o.p, true
	}
	return "", false
}

func showFloat(f float64) (string, bool) {
	if math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e16 || f != 0 && math.Abs(f) < 1e-4 {
		return "", false
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s, true
}

// repr is repr(o); false if that is not known here.
func repr(o object) (string, bool) {
	s, ok := o.(*str)
	if !ok {
		return show(o)
	}
	if s.bytes || strings.ContainsFunc(s.s, func(r rune) bool { return r < ' ' || r > '~' || r == '\\' || r == '\'' }) {
		return "", false
	}
	return fmt.Sprintf("'%s'", s.s), true
}
