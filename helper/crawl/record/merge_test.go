package record

import (
	"errors"
	"iter"
	"strings"
	"testing"
)

// source yields projects with the given names; "!" is an error.
func source(names string) iter.Seq2[*Project, error] {
	return func(yield func(*Project, error) bool) {
		for name := range strings.FieldsSeq(names) {
			if name == "!" {
				yield(nil, errors.New("broken"))
				return
			}
			if !yield(&Project{Name: name}, nil) {
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
		{"b", "a b c", "a b b c"},
		{"a !", "b", "a !"}, // an error comes as soon as it is met
		{"a c", "b !", "a b !"},
	} {
		var got []string
		for p, err := range Merge(source(test.a), source(test.b)) {
			if err != nil {
				got = append(got, "!")
			} else {
				got = append(got, p.Name)
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%q and %q: got %q, want %q", test.a, test.b, s, test.want)
		}
	}
	for p := range Merge(source("a b"), source("c")) {
		if p.Name != "a" {
			t.Errorf("it went on to %q", p.Name)
		}
		break
	}
}
