package record

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
)

// source yields projects; "!" is an error, and "a7" is the record of a with the serial 7.
func source(names string) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		for name := range strings.FieldsSeq(names) {
			if name == "!" {
				yield(nil, errors.New("broken"))
				return
			}
			p := &Project{Name: name[:1]}
			fmt.Sscan(name[1:], &p.Meta.LastSerial)
			p.Versions = []string{fmt.Sprint(len(names))} // different in sources of different length
			if !yield(p, nil) {
				return
			}
		}
	}
}

func TestMerge(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"", "", ""},
		{"a c e", "b d", "a b c d e"},
		{"a b", "", "a b"},
		{"a !", "b", "a !broken"}, // an error comes as soon as it is met
		{"a c", "b !", "a b !broken"},

		// Of two records the newer counts, and what is the same twice is no matter.
		{"b1", "a b2 c", "a b2 c"},
		{"a b2 c", "b1", "a b2 c"},
		{"a1 b2", "a2 b1", "a2 b2"},
		{"a b", "a c", "a b c"},
		{"b1", "b1 !", "!A and B have different records of \"b\", and no serial tells which is newer"},
		{"b", "a b c", "a !A and B have different records of \"b\", and no serial tells which is newer"},
		{"a1 a2", "b", "!A: two records of \"a\""},
	} {
		var got []string
		for p, err := range Merge(Source{"A", source(test.a)}, Source{"B", source(test.b)}) {
			switch {
			case err != nil:
				got = append(got, "!"+err.Error())
			case p.Meta.LastSerial > 0:
				got = append(got, fmt.Sprint(p.Name, p.Meta.LastSerial))
			default:
				got = append(got, p.Name)
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q and %q: got %q, want %q", test.a, test.b, s, test.want)
		}
	}
	for p := range Merge(Source{"A", source("a b")}, Source{"B", source("c")}) {
		if p.Name != "a" {
			t.Errorf("it went on to %q", p.Name)
		}
		break
	}
}
