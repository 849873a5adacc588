package direct

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mach/helper/reference"
	"mach/tests/fuzzing"
)

func TestNaming(t *testing.T) {
	const top, below, prefixed = "github:owner/repo", "github:owner/repo#subdirectory=libs/core", "github:owner/repo#tag-prefix=apache-arrow-"
	for _, c := range []struct{ why, where, tag, want string }{
		{"a version", top, "1.2.3", "1.2.3"},
		{"with a v", top, "v1.2", "1.2"},
		{"or a V", top, "V1.2", "1.2"},
		{"a pre-release", top, "v1.2.0-rc.1", "1.2.0rc1"},
		{"a post-release", top, "1.2.post3", "1.2.post3"},
		{"a day", top, "2026.1.31", "2026.1.31"},
		{"the project's name", top, "my-project-1.2", "1.2"},
		{"in another spelling", top, "My.Project_v1.2", "1.2"},
		{"as a directory", top, "my-project/v1.2", "1.2"},
		{"as a requirement", top, "my-project==1.2", "1.2"},
		{"as npm has it", top, "my-project@1.2", "1.2"},
		{"nothing between", top, "my-project1.2", "1.2"},
		{"a word of all projects", top, "release-1.2", "1.2"},
		{"and another", top, "rel_1.2", "1.2"},
		{"one of Python's", top, "py-1.2", "1.2"},
		{"words and the name", top, "releases/my-project/v1.2", "1.2"},
		{"behind the name", top, "my-project-release-1.2", "1.2"},
		{"the repository's name", top, "repo-1.2", "1.2"},
		{"numbers with underscores", top, "rel_2_0_1", "2.0.1"},
		{"of a pre-release", top, "2_0_0b1", "2.0.0b1"},
		{"the directory", below, "libs/core/v1.2", "1.2"},
		{"its last part", below, "core-v1.2", "1.2"},
		{"a prefix of the user's", prefixed, "apache-arrow-14.0", "14.0"},
		{"and a v", prefixed, "apache-arrow-v14.0", "14.0"},

		{"another project", top, "other-1.2", ""},
		{"whose name begins like it", top, "my-project-extra-1.2", ""},
		{"or ends like it", top, "not-my-project-1.2", ""},
		{"no version", top, "nightly", ""},
		{"a version and more", top, "v1.2-final-2", ""},
		{"a day of something", top, "nightly-20260131", ""},
		{"nothing", top, "v", ""},
		{"not the user's prefix", prefixed, "v14.0", ""},
		{"another project behind it", prefixed, "apache-arrow-go-14.0", ""},
		{"words without end", top, strings.Repeat("v-", 4000) + "1", ""},
	} {
		r, err := reference.Parse(c.where, ".")
		if err != nil {
			t.Fatal(err)
		}
		got, _ := namingOf("my-project", r).read(c.tag)
		if got.version.String() != c.want && (c.want != "" || !got.version.IsZero()) {
			t.Errorf("%s: %q is %q, want %q", c.why, c.tag, got.version, c.want)
		}
	}
	digits := namingOf("mine2", &reference.Reference{URL: "https://git.example/o/r"})
	if got, _ := digits.read("mine2-1.0"); got.version.String() != "1.0" {
		t.Errorf("a name that ends in a number: got %q", got.version)
	}
}

// Of several tags for one version one counts; where the project is one of several, tags with its name count alone.
func TestVersionsOfTags(t *testing.T) {
	for _, c := range []struct{ why, where, tags, want string }{
		{"newest first", "github:o/r", "v1.9 v1.10 v1.10rc1", "v1.10 v1.10rc1 v1.9"},
		{"the name before what has none", "github:o/r", "v1.0 core-1.0 release-1.0 r-1.0", "core-1.0"},
		{"none before a word", "github:o/r", "release-1.0 v1.0", "v1.0"},
		{"a tag that stays before one that moves", "github:o/r", "v1 v1.0 v1.0.0 v2", "v2 v1.0.0"},
		{"the shorter of equal ones", "github:o/r", "v1.0 1.0", "1.0"},
		{"one of several projects", "github:o/r#subdirectory=libs/core", "v3.0 core-1.0 other-2.0", "core-1.0"},
		{"one of several that are versioned together", "github:o/r#subdirectory=libs/core", "v3.0 other-2.0", "v3.0"},
	} {
		r, err := reference.Parse(c.where, ".")
		if err != nil {
			t.Fatal(err)
		}
		commits := map[string]string{}
		for name := range strings.FieldsSeq(c.tags) {
			commits[name] = name
		}
		var names []string
		for _, tag := range namingOf("core", r).versions(commits) {
			names = append(names, tag.name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
}

// A naming of many tags takes no longer than reading them.
func FuzzNaming(f *testing.F) {
	for _, tag := range []string{"v1.2", "my-project/v1.2.0-rc.1", "rel_2_0_1", "v-v-v-1!2.0+x", "1..2", "@=./-_+1"} {
		f.Add(tag, "my-project", "libs/core", "")
	}
	f.Add("apache-arrow-1.0", "pyarrow", "", "apache-")
	f.Fuzz(func(t *testing.T, tag, name, directory, prefix string) {
		defer fuzzing.Watch(t, len(tag)+len(name)+len(directory)+len(prefix))()
		r := &reference.Reference{URL: "https://git.example/o/r", Subdirectory: directory, TagPrefix: prefix}
		if found, ok := namingOf(name, r).read(tag); ok && !strings.HasPrefix(found.name, prefix) {
			t.Errorf("%q does not begin with %q", found.name, prefix)
		}
		prefixOf(tag)
	})
}

func newTags(t *testing.T, o *Opener, project, text string) (*Tags, error) {
	t.Helper()
	r, err := reference.Parse(text, ".")
	if err != nil {
		t.Fatal(err)
	}
	if o.Cache == "" {
		o.Cache = t.TempDir()
	}
	return o.tags(t.Context(), project, r, time.Time{})
}

// To list the tags fetches none; what is looked at is fetched alone, and is there without the repository.
func TestTags(t *testing.T) {
	url, tagged, head := newRepository(t)
	dir := strings.TrimPrefix(url, "git+file://")
	git(t, dir, "tag", "-a", "-m", "two", "v2.0rc1")
	o := &Opener{}
	tags, err := newTags(t, o, "top-level", url)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"2.0rc1", "1.5"}, tags.Versions()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	m, err := tags.Metadata(1, -1)
	if err != nil || m.RequiresDist[0] != "click>=8" {
		t.Fatalf("got %v, %v", m, err)
	}
	files, err := tags.Files(1)
	if err != nil || files[0].Origin.Commit != tagged || files[0].Origin.Revision != "v1.5" {
		t.Errorf("got %v, %v", files, err)
	}
	if tags.repository.has(t.Context(), head) {
		t.Error("a tag was fetched that nobody looked at")
	}
	if files, err := tags.Files(0); err != nil || files[0].Origin.Commit != head {
		t.Errorf("an annotated tag: got %v, %v", files, err)
	}
	again, err := newTags(t, &Opener{Cache: o.Cache, Offline: true}, "top-level", url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Metadata(0, -1); err != nil {
		t.Errorf("offline: %v", err)
	}
	other, err := newTags(t, &Opener{Cache: o.Cache}, "other", url)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Metadata(0, -1); err == nil || !strings.Contains(err.Error(), `is called "top-level" at its tag v2.0rc1`) {
		t.Errorf("another name: got %v", err)
	}
}
