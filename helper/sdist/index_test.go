package sdist

import "testing"

func TestIndexString(t *testing.T) {
	for _, c := range []struct {
		Index
		want string
	}{
		{Index{Name: "own", URL: "https://me:secret@index.example/simple"}, `the index "own"`},
		{Index{URL: "https://me:secret@index.example/simple/"}, "the index https://index.example/simple/"},
		{Index{URL: "https://me:${SECRET}@@index.example"}, "the index https://index.example"},
		{Index{URL: "./wheels", Links: true}, "the files at ./wheels"},
	} {
		if got := c.String(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}
