package tomltree_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"pgregory.net/rapid"

	"mach/helper/diag"
	"mach/helper/tomltree"
	"mach/tests/fuzzing"
)

// A text has an error if go-toml's decoder has one, and where they say the same it is in the same place. Every place of a
// tree lies in the text, and has what it is the place of.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a.b = 1\n[a.c]\n[[d]]\n[d.e]\n[[d]]\nf = {g = [1, {h = 'i'}]}\n",
		"a = \"\"\"\n\\\n  b\"\"\"\n'' = '''\r\nc'''\n\"\\u0061\" = \"\\\\\"\n",
		"[a]\nb.c = 1\n[a.b.d]\n[a.b]\n",
		"a = [\n{ b = 1,",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defer fuzzing.Watch(t, len(text))()
		var nothing struct{}
		decoded := toml.Unmarshal([]byte(text), &nothing)
		_, err := parse(text)
		if (decoded == nil) != (err == nil) {
			t.Fatalf("go-toml says %v, and this %v", decoded, err)
		}
		root, _, noTOML := tomltree.ParseAll(text, &diag.File{Name: "f", Text: text})
		if noTOML == nil {
			check(t, text, root)
			return
		}
		var bad *toml.DecodeError
		if errors.As(decoded, &bad) && bad.Error() == "toml: "+noTOML.Message && !strings.Contains(text, "\r") {
			if line, col := bad.Position(); line != noTOML.Where.Line || col != noTOML.Where.Col {
				t.Fatalf("go-toml says it in %d:%d, and this %v", line, col, noTOML)
			}
		}
	})
}

// What may still be added to what, for all that few names and few lines can say: as go-toml has it.
func TestRules(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "'a'"}), 1, 3).Draw(t, "parts"), ".")
	})
	line := rapid.Custom(func(t *rapid.T) string {
		form := rapid.SampledFrom([]string{"[%]", "[[%]]", "% = 1", "% = []", "% = {}", "% = {% = 1, % = {% = 1}}", "% = [{% = 1, % = 1}, {}]"}).Draw(t, "form")
		for strings.Contains(form, "%") {
			form = strings.Replace(form, "%", key.Draw(t, "key"), 1)
		}
		return form
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(line, 1, 6).Draw(t, "lines"), "\n")
		var nothing struct{}
		decoded := toml.Unmarshal([]byte(text), &nothing)
		if _, err := parse(text); (decoded == nil) != (err == nil) {
			t.Fatalf("go-toml says %v, and this %v of\n%s", decoded, err, text)
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
