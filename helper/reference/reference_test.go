package reference

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/tests/fuzzing"
)

func TestParse(t *testing.T) {
	sum := strings.Repeat("ab", 32)
	for text, want := range map[string]Reference{
		"git+https://git.example/o/r":                   {Kind: Git, URL: "https://git.example/o/r"},
		"git+https://git.example/o/r.git@v1.0":          {Kind: Git, URL: "https://git.example/o/r.git", Revision: "v1.0"},
		"git+https://git.example/o/r@feature/x":         {Kind: Git, URL: "https://git.example/o/r", Revision: "feature/x"},
		"git+https://u:p@git.example/o/r@main":          {Kind: Git, URL: "https://u:p@git.example/o/r", Revision: "main"},
		"git+ssh://git@git.example/o/r.git@main":        {Kind: Git, URL: "ssh://git@git.example/o/r.git", Revision: "main"},
		"git+ssh://git@git.example:22/o/r.git":          {Kind: Git, URL: "ssh://git@git.example:22/o/r.git"},
		"git+file:///srv/r@abc":                         {Kind: Git, URL: "file:///srv/r", Revision: "abc"},
		"git+https://git.example/o/r#egg=a.b[x,y]":      {Kind: Git, URL: "https://git.example/o/r", Name: "a.b", Extras: []string{"x", "y"}},
		"git+https://git.example/o/r#subdirectory=py/a": {Kind: Git, URL: "https://git.example/o/r", Subdirectory: "py/a"},
		"git+https://git.example/o/r@main#egg=a&subdirectory=py": {
			Kind: Git, URL: "https://git.example/o/r", Revision: "main", Name: "a", Subdirectory: "py",
		},
		"git+https://git.example/o/r#subdirectory=.": {Kind: Git, URL: "https://git.example/o/r"},
		"github:o/r":       {Kind: Git, URL: "https://github.com/o/r"},
		"github:o/r@v1":    {Kind: Git, URL: "https://github.com/o/r", Revision: "v1"},
		"gitlab:g/s%2Fo/r": {Kind: Git, URL: "https://gitlab.com/g/s/o/r"},

		"https://files.example/a-1.tar.gz":                {Kind: Archive, URL: "https://files.example/a-1.tar.gz"},
		"https://files.example/a-1.ZIP#sha256=" + sum:     {Kind: Archive, URL: "https://files.example/a-1.ZIP", Hashes: map[string]string{"sha256": sum}},
		"https://files.example/o/download/42":             {Kind: Archive, URL: "https://files.example/o/download/42"},
		"https://files.example/a-1-py3-none-any.whl?x=1":  {Kind: Wheel, URL: "https://files.example/a-1-py3-none-any.whl?x=1"},
		"http://files.example/o/r/archive/main.zip#egg=r": {Kind: Archive, URL: "http://files.example/o/r/archive/main.zip", Name: "r"},
		"file:///srv/a-1.tar.gz":                          {Kind: Archive, Path: "/srv/a-1.tar.gz"},
		"file://localhost/srv/a%20b":                      {Kind: Directory, Path: "/srv/a b"},
		"file:a":                                          {Kind: Directory, Path: "/base/a"},
		"./a":                                             {Kind: Directory, Path: "/base/a"},
		".":                                               {Kind: Directory, Path: "/base"},
		".[test]":                                         {Kind: Directory, Path: "/base", Extras: []string{"test"}},
		"../a/b-1-py3-none-any.whl":                       {Kind: Wheel, Path: "/a/b-1-py3-none-any.whl"},
		"/srv/a#subdirectory=b":                           {Kind: Directory, Path: "/srv/a", Subdirectory: "b"},
		"  git+git://git.example/o/r  ":                   {Kind: Git, URL: "git://git.example/o/r"},
	} {
		got, err := Parse(text, "/base")
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", text, diff)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"git@git.example:o/r.git":                       "need a scheme | write git+ssh://git@git.example/o/r.git",
		"hg+https://hg.example/r":                       "version control by hg | take it from git",
		"git+ftp://git.example/o/r":                     `no scheme "git+ftp" | there are`,
		"ftp://files.example/a.tar.gz":                  `no scheme "ftp" | there are`,
		"git+https://git.example":                       "names no repository | write",
		"git+https:///o/r":                              "names no repository | write",
		"git+https://git.example/o/r@":                  "nothing stands behind the @ |",
		"git+https://git.example/o/r@--upload-pack=x":   "is no revision |",
		"git+https://git.example/o/r@a..b":              "is no revision |",
		"git+https://git.example/o/r#subdirectory=../x": "no directory below |",
		"git+https://git.example/o/r#subdirectory=/x":   "no directory below |",
		"git+https://git.example/o/r#egg=a>=1":          "is no name of a project |",
		"https://files.example/a.tar.gz#sha256=00":      "has 64 hex digits |",
		"https://files.example/a.tar.gz#md5=00":         "too weak |",
		"https://git.example/o/r":                       "neither a wheel nor an archive | for the repository write git+https://git.example/o/r",
		"github:o":                                      "names no repository | write github:owner/repository",
		"github:o/r/x":                                  "names no repository |",
		"./a[x>1]":                                      "are no extras |",
		"":                                              "is empty |",
	} {
		_, err := Parse(text, "/base")
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%q: got %v", text, err)
			continue
		}
		reason, hint, _ := strings.Cut(want, " |")
		if !strings.Contains(e.Reason, reason) || !strings.Contains(e.Hint, strings.TrimSpace(hint)) {
			t.Errorf("%q: got %q and %q", text, e.Reason, e.Hint)
		}
	}
}

func TestStringHidesCredentials(t *testing.T) {
	for text, want := range map[string]string{
		"git+https://u:secret@git.example/o/r@main#subdirectory=x&egg=a": "git+https://git.example/o/r@main#subdirectory=x",
		"git+https://secret@git.example/o/r":                             "git+https://git.example/o/r",
		"git+ssh://git@git.example/o/r":                                  "git+ssh://git@git.example/o/r",
		"git+ssh://git:secret@git.example/o/r":                           "git+ssh://git@git.example/o/r",
		"https://secret@files.example/a.whl":                             "https://files.example/a.whl",
		"./a":                                                            "/base/a",
	} {
		r, err := Parse(text, "/base")
		if err != nil {
			t.Fatal(err)
		}
		if got := r.String(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"git+https://git.example/o/r", "git+https://u:p@git.example/o/r.git", true},
		{"git+https://git.example/o/r", "git+https://git.example/o/r@main", false},
		{"git+https://git.example/o/r#subdirectory=a", "git+https://git.example/o/r#subdirectory=b", false},
		{"./a", "file:///base/a", true},
		{"./a", "./b", false},
		{"github:o/r", "git+https://github.com/o/r.git", true},
	} {
		a, errA := Parse(c.a, "/base")
		b, errB := Parse(c.b, "/base")
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if got := a.Same(b); got != c.want {
			t.Errorf("%q and %q: got %v", c.a, c.b, got)
		}
	}
}

func TestIsReference(t *testing.T) {
	for text, want := range map[string]bool{
		"flask": false, "flask>=3": false, "flask[async]; python_version<'4'": false, "a.b": false, "flask @ https://x.example/y": false,
		"./flask": true, "git+https://git.example/o/r": true, "a-1.whl": true, "dir/x": true, ".": true, "github:o/r": true, "file:x": true,
	} {
		if got := IsReference(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"git+ssh://git@h/o/r@x#egg=a[b]&subdirectory=c", "./a[x]", "file:%2", "github:o/r@", "https://h/a.whl#sha256=00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		defer fuzzing.Watch(t, len(text))()
		r, err := Parse(text, "/base")
		if err != nil {
			return
		}
		again, err := Parse(r.String(), "/base")
		if err != nil {
			return // a name that a server or a disk has may have a # or an @
		}
		if r.Kind == Git && r.Revision == "" && again.Revision == "" && !r.Same(again) {
			t.Errorf("%q: %q is another reference: %+v, %+v", text, r.String(), r, again)
		}
	})
}

func TestGitURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://git.example/o/r.git":      "https://git.example/o/r.git",
		"git+https://git.example/o/r.git":  "https://git.example/o/r.git",
		"git@git.example:o/r.git":          "ssh://git@git.example/o/r.git",
		"git.example:o/r.git":              "ssh://git.example/o/r.git",
		"git@git.example:/srv/r.git":       "ssh://git@git.example/srv/r.git",
		"ssh://git@git.example:22/o/r.git": "ssh://git@git.example:22/o/r.git",
		"file:///srv/r:1":                  "file:///srv/r:1",
		"../r:1":                           "../r:1",
	} {
		if got := GitURL(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}
