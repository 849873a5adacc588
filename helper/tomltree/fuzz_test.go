package tomltree_test

import (
	"testing"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"

	"mach/helper/tomltree"
)

// A text has no errors if go-toml's decoder has none, and every place lies in the text and says what it stands for.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a.b = 1\n[a.c]\n[[d]]\n[d.e]\n[[d]]\nf = {g = [1, {h = 'i'}]}\n",
		"a = \"\"\"\n\\\n  b\"\"\"\n'' = '''\r\nc'''\n\"\\u0061\" = \"\\\\\"\n",
		"[a]\nb.c = 1\n[a.b.d]\n[a.b]\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var nothing struct{}
		decoded := toml.Unmarshal([]byte(text), &nothing)
		root, errs := parse(text)
		if (decoded == nil) != (len(errs) == 0) {
			t.Fatalf("go-toml says %v, and this %v", decoded, errs)
		}
		if root != nil {
			check(t, text, root)
		}
	})
}

func check(t *testing.T, text string, v *tomltree.Value) {
	for _, one := range []tomltree.Text{v.Key, v.Text} {
		offset, length := one.Span()
		if offset < 0 || offset+length > len(text) {
			t.Fatalf("%q stands at %d to %d of %d", one.Value, offset, offset+length, len(text))
		}
		if at := one.Written(); at.Where.Col > len(at.Source)+1 {
			t.Fatalf("%q stands in column %d of %q", one.Value, at.Where.Col, at.Source)
		}
		if part := text[offset : offset+length]; length == len(one.Value) && part != one.Value {
			t.Fatalf("%q stands where %q does", one.Value, part)
		}
		if !utf8.ValidString(one.Value) {
			t.Fatalf("%q is no UTF-8", one.Value)
		}
	}
	for _, f := range v.Fields {
		if v.At(f.Key.Value) != f {
			t.Fatalf("%q is not found", f.Key.Value)
		}
		check(t, text, f)
	}
	for _, item := range v.Items {
		check(t, text, item)
	}
}
