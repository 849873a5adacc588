package tags_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mach/helper/tags"
	"mach/tests/fuzzing"
)

func TestParseWheelName(t *testing.T) {
	any3 := tags.WheelTags{Python: "py3", ABI: "none", Platform: "any"}
	for _, c := range []struct {
		file string
		want tags.WheelName
	}{
		{"flask-3.0.0-py3-none-any.whl", tags.WheelName{Project: "flask", Version: "3.0.0", WheelTags: any3}},
		{"Zope.Interface-1!5.0+local.1-py3-none-any.whl", tags.WheelName{Project: "Zope.Interface", Version: "1!5.0+local.1", WheelTags: any3}},
		{"foo-1.0-2abc-py3-none-any.whl", tags.WheelName{Project: "foo", Version: "1.0", Build: "2abc", WheelTags: any3}},
		{
			"six-1.16.0-py2.py3-none-any.whl",
			tags.WheelName{Project: "six", Version: "1.16.0", WheelTags: tags.WheelTags{Python: "py2.py3", ABI: "none", Platform: "any"}},
		},
		{
			"foo-1.0-CP312-ABI3-Win_AMD64.whl", // tags are compared in lower case
			tags.WheelName{Project: "foo", Version: "1.0", WheelTags: tags.WheelTags{Python: "cp312", ABI: "abi3", Platform: "win_amd64"}},
		},
		{"naïve-1.0-py3-none-any.whl", tags.WheelName{Project: "naïve", Version: "1.0", WheelTags: any3}},
	} {
		got, err := tags.ParseWheelName(c.file)
		if diff := cmp.Diff(c.want, got); err != nil || diff != "" {
			t.Errorf("%s: %v\n-want +got\n%s", c.file, err, diff)
		}
	}
}

func TestParseWheelNameErrors(t *testing.T) {
	for file, want := range map[string]string{
		"foo-1.0.tar.gz":                  `wheel name "foo-1.0.tar.gz": it does not end in .whl`,
		"foo-1.0-py3-none.whl":            `wheel name "foo-1.0-py3-none.whl": it is not project-version[-build]-python-abi-platform`,
		"foo.whl":                         `wheel name "foo.whl": it is not project-version[-build]-python-abi-platform`,
		"foo-1.0-b2-py3-none-any.whl":     `wheel name "foo-1.0-b2-py3-none-any.whl": it is not project-version[-build]-python-abi-platform`,
		"foo-1.0-2-extra-py3-n-any.whl":   `wheel name "foo-1.0-2-extra-py3-n-any.whl": it is not project-version[-build]-python-abi-platform`,
		"foo__bar-1.0-py3-none-any.whl":   `wheel name "foo__bar-1.0-py3-none-any.whl": the project "foo__bar" is not a name`,
		"-1.0-py3-none-any.whl":           `wheel name "-1.0-py3-none-any.whl": the project "" is not a name`,
		"fo o-1.0-py3-none-any.whl":       `wheel name "fo o-1.0-py3-none-any.whl": the project "fo o" is not a name`,
		"foo--py3-none-any.whl":           `wheel name "foo--py3-none-any.whl": the version is empty`,
		"foo-1.0-py3..py2-none-any.whl":   `wheel name "foo-1.0-py3..py2-none-any.whl": a tag is empty`,
		"foo-1.0-py3-none-.whl":           `wheel name "foo-1.0-py3-none-.whl": a tag is empty`,
		"foo-1.0-3-none-any.whl":          `wheel name "foo-1.0-3-none-any.whl": "3" is not a python tag`,
		"foo-1.0-py2.py3+none-cp-any.whl": `wheel name "foo-1.0-py2.py3+none-cp-any.whl": "py2.py3+none" is not a python tag`,
	} {
		if _, err := tags.ParseWheelName(file); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

// TestBuildNumber lists build tags from the least to the best.
func TestBuildNumber(t *testing.T) {
	builds := []string{"", "0", "1", "1a", "1b", "2", "10", "10_1", "99999999999999999999"}
	for i, build := range builds[1:] {
		m, a := tags.BuildNumber(builds[i])
		n, b := tags.BuildNumber(build)
		if m > n || m == n && a >= b {
			t.Errorf("%q is (%d, %q), %q is (%d, %q)", builds[i], m, a, build, n, b)
		}
	}
	if n, _ := tags.BuildNumber(slices.Max(builds)); n != math.MaxInt {
		t.Errorf("a number too large for an int is %d", n)
	}
}

func TestParseSdistName(t *testing.T) {
	for _, c := range []struct{ file, project, want string }{
		{"flask-3.0.0.tar.gz", "flask", "3.0.0"},
		{"Flask-0.1.tar.gz", "flask", "0.1"},
		{"foo_bar-1.0.tar.gz", "foo-bar", "1.0"},
		{"foo-bar-1.0.tar.gz", "foo-bar", "1.0"},
		{"Foo.Bar-1.0.zip", "foo-bar", "1.0"},
		{"foo._-bar-1.0.tgz", "foo-bar", "1.0"},
		{"foo-bar-1.0.tar.bz2", "foo", "bar-1.0"}, // what nobody can tell without the project
		{"foo-1.0-1.tar.xz", "foo", "1.0-1"},
		{"python-dateutil-2.9.0.post0.tar.gz", "python-dateutil", "2.9.0.post0"},
		{"foo-1.0.tar.Z", "foo", "1.0"},
		{"foo-1.0.tar.lzma", "foo", "1.0"},
	} {
		got, err := tags.ParseSdistName(c.file, c.project)
		if err != nil || got != c.want {
			t.Errorf("%s of %s: %q, %v; want %q", c.file, c.project, got, err, c.want)
		}
	}
}

func TestParseSdistNameErrors(t *testing.T) {
	for _, c := range []struct{ file, project, want string }{
		{"foo-1.0.exe", "foo", `sdist name "foo-1.0.exe": the ending is none of .tar.gz, .zip, .tar.bz2, .tar.xz, .tgz and the like`},
		{"foo-1.0.tar.gz", "bar", `sdist name "foo-1.0.tar.gz": it is not bar-version`},
		{"foo-1.0.tar.gz", "foo-bar", `sdist name "foo-1.0.tar.gz": it is not foo-bar-version`},
		{"foobar-1.0.tar.gz", "foo", `sdist name "foobar-1.0.tar.gz": it is not foo-version`},
		{"foo-.tar.gz", "foo", `sdist name "foo-.tar.gz": it is not foo-version`},
		{"foo.tar.gz", "foo", `sdist name "foo.tar.gz": it is not foo-version`},
	} {
		if v, err := tags.ParseSdistName(c.file, c.project); err == nil || err.Error() != c.want {
			t.Errorf("got  %q, %v\nwant %s", v, err, c.want)
		}
	}
}

func FuzzParseWheelName(f *testing.F) {
	f.Add("foo-1.0-2abc-py2.py3-none-any.whl")
	f.Fuzz(func(t *testing.T, file string) {
		defer fuzzing.Watch(t, len(file))()
		w, err := tags.ParseWheelName(file)
		if err != nil {
			return
		}
		tags.BuildNumber(w.Build)
		if set, err := tags.New(linux); err == nil {
			set.Rank(w.WheelTags)
		}
	})
}

func FuzzParseSdistName(f *testing.F) {
	f.Add("foo-bar-1.0-1.tar.gz", "foo-bar")
	f.Fuzz(func(t *testing.T, file, project string) {
		defer fuzzing.Watch(t, len(file)+len(project))()
		_, _ = tags.ParseSdistName(file, project)
	})
}
