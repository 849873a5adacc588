package metadata_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"mach/helper/metadata"
	"mach/tests/fuzzing"
)

const flask = `Metadata-Version: 2.1
Name: Flask
Version: 3.0.0
Summary: A simple framework: small, with few words.
Requires-Python: >=3.8
Requires-Dist: Werkzeug>=3.0.0
Requires-Dist: importlib-metadata>=3.6.0; python_version < '3.10'
Requires-Dist: asgiref>=3.2 ; extra == "async"
Provides-Extra: async
Provides-Extra: dotenv

# Flask

Requires-Dist: not-a-field
`

func TestParse(t *testing.T) {
	got, err := metadata.Parse([]byte(flask))
	want := metadata.Metadata{
		MetadataVersion: "2.1", Name: "Flask", Version: "3.0.0", RequiresPython: ">=3.8",
		RequiresDist: []string{
			"Werkzeug>=3.0.0",
			"importlib-metadata>=3.6.0; python_version < '3.10'",
			`asgiref>=3.2 ; extra == "async"`,
		},
		ProvidesExtra: []string{"async", "dotenv"},
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n-want +got\n%s", err, diff)
	}
}

// TestParseDirty is about what real files have. Each text stands after Name and Version; want is the field it gives.
func TestParseDirty(t *testing.T) {
	for _, c := range []struct{ why, text, field, want string }{
		{"a folded value", "Requires-Dist: a\n  >=1,\n\t<2\nRequires-Python: >=3\n", "dist", "a >=1, <2"},
		{"a fold on the last line", "Requires-Dist: a\n >=1", "dist", "a >=1"},
		{"a value that begins on the second line", "Requires-Dist:\n a\n", "dist", "a"},
		{"a folded description, with indented empty lines", "Description: one\n        \n        Requires-Dist: no\nRequires-Dist: a\n", "dist", "a"},
		{"a folded description of the kind with bars", "Description: one\n       |Requires-Dist: no\nRequires-Dist: a\n", "dist", "a"},
		{"Windows line ends", "Requires-Dist: a\r\nRequires-Dist: b\r\n\r\nRequires-Dist: no\r\n", "dist", "a|b"},
		{"old Macintosh line ends", "Requires-Dist: a\rRequires-Dist: b\r\rRequires-Dist: no\r", "dist", "a|b"},
		{"field names in any case", "REQUIRES-DIST: a\nrequires-dist: b\n", "dist", "a|b"},
		{"no space after the colon", "Requires-Dist:a\n", "dist", "a"},
		{"spaces around", "Requires-Dist: \t a  \n", "dist", "a"},
		{"an empty value", "Requires-Dist:\nRequires-Dist: \n", "dist", ""},
		{"what distutils wrote for nothing", "Requires-Python: UNKNOWN\n", "python", ""},
		{"the first of a repeated field", "Requires-Python: >=3\nRequires-Python: >=2\n", "python", ">=3"},
		{"Latin-1 in a value", "Requires-Dist: a ; extra == 'caf\xe9'\n", "dist", "a ; extra == 'café'"},
		{"Latin-1 elsewhere", "Author: Andr\xe9 \xff\nRequires-Dist: a\n", "dist", "a"},
		{"a line that is no field ends the block", "Summary: one\ntwo words\nRequires-Dist: no\n", "dist", ""},
		{"no empty line and no description", "Requires-Dist: a", "dist", "a"},
		{"a very long field name", strings.Repeat("X", 99) + ": 1\nRequires-Dist: a\n", "dist", "a"},
		{"a nameless field", ": 1\nRequires-Dist: a\n", "dist", "a"},
		{"dynamic fields in any case", "Dynamic: Requires-Dist\nDynamic: license\n", "dynamic", "requires-dist|license"},
	} {
		t.Run(c.why, func(t *testing.T) {
			m, err := metadata.Parse([]byte("Name: x\nVersion: 1\n" + c.text))
			got := map[string]string{
				"dist": strings.Join(m.RequiresDist, "|"), "python": m.RequiresPython, "dynamic": strings.Join(m.Dynamic, "|"),
			}[c.field]
			if err != nil || got != c.want {
				t.Errorf("%q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestParseStart(t *testing.T) {
	for why, text := range map[string]string{
		"a byte order mark":         "\ufeffName: x\nVersion: 1\n",
		"a continuation of nothing": "  more\nName: x\nVersion: 1\n",
	} {
		if m, err := metadata.Parse([]byte(text)); err != nil || m.Name != "x" {
			t.Errorf("%s: %+v, %v", why, m, err)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "core metadata: there is neither a Name nor a Version field",
		"<html>\n<p>Not Found</p>\n":       "core metadata: there is neither a Name nor a Version field",
		"\nName: x\nVersion: 1\n":          "core metadata: there is neither a Name nor a Version field",
		"Metadata-Version: 2.1\nName: x":   `core metadata: "x" has no Version field`,
		"Metadata-Version: 2.1\nVersion:1": "core metadata: there is no Name field",
	} {
		if _, err := metadata.Parse([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

// TestParseKeepsNothing changes the input afterwards: what was read must not change with it.
func TestParseKeepsNothing(t *testing.T) {
	b := []byte(flask)
	m, _ := metadata.Parse(b)
	for i := range b {
		b[i] = '!'
	}
	if m.Name != "Flask" || m.RequiresDist[0] != "Werkzeug>=3.0.0" {
		t.Errorf("read values changed: %+v", m)
	}
}

// TestParseWritten writes fields, folded at random spaces, and reads them back.
func TestParseWritten(t *testing.T) {
	word := rapid.StringMatching(`[a-z0-9é<>=.;\[\]"']{1,6}`)
	rapid.Check(t, func(t *rapid.T) {
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "end")
		want := metadata.Metadata{Name: "x", Version: "1"}
		var b bytes.Buffer
		b.WriteString("Name: x" + end + "Version: 1" + end)
		for range rapid.IntRange(0, 5).Draw(t, "fields") {
			words := rapid.SliceOfN(word, 1, 5).Draw(t, "words")
			want.RequiresDist = append(want.RequiresDist, strings.Join(words, " "))
			b.WriteString("Requires-Dist: " + words[0])
			for _, w := range words[1:] {
				b.WriteString(rapid.SampledFrom([]string{" ", end + "  ", " " + end + "\t"}).Draw(t, "space") + w)
			}
			b.WriteString(end)
		}
		got, err := metadata.Parse(b.Bytes())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("%v\n-want +got\n%s", err, diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(flask))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzzing.Watch(t, len(b))()
		metadata.Parse(b)
	})
}

func BenchmarkParse(b *testing.B) {
	text := []byte(flask + strings.Repeat("A long description.\n", 1000))
	b.ReportAllocs()
	for b.Loop() {
		metadata.Parse(text)
	}
}
